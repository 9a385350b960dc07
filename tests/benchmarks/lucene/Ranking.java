// Lucene's ArabicAnalyzer with BM25 (k1 0.9, b 0.4) over the same documents and queries as tests.benchmarks.search_ranking.
// Arguments: documents (one a line), queries (one a line), a folder for the index.
// Prints the index's bytes, then a line per query: milliseconds, total, the numbers of the ten best documents.

import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.*;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.*;

public class Ranking {
    public static void main(String[] arguments) throws Exception {
        Analyzer analyzer = new ArabicAnalyzer();
        BM25Similarity similarity = new BM25Similarity(0.9f, 0.4f);
        try (Directory folder = FSDirectory.open(Paths.get(arguments[2]))) {
            index(folder, analyzer, similarity, Paths.get(arguments[0]));
            long bytes = 0;
            for (String name : folder.listAll()) bytes += folder.fileLength(name);
            System.out.println(bytes);
            try (IndexReader reader = DirectoryReader.open(folder)) {
                IndexSearcher searcher = new IndexSearcher(reader);
                searcher.setSimilarity(similarity);
                List<String> queries = Files.readAllLines(Paths.get(arguments[1]), StandardCharsets.UTF_8);
                for (String line : queries) search(searcher, analyzer, line); // warms the machine up
                for (String line : queries) System.out.println(search(searcher, analyzer, line));
            }
        }
    }

    static void index(Directory folder, Analyzer analyzer, BM25Similarity similarity, Path documents) throws Exception {
        IndexWriterConfig configuration = new IndexWriterConfig(analyzer);
        configuration.setSimilarity(similarity);
        configuration.setMergePolicy(new LogDocMergePolicy()); // keeps the documents in order, so that numbers name them
        try (IndexWriter writer = new IndexWriter(folder, configuration)) {
            for (String line : Files.readAllLines(documents, StandardCharsets.UTF_8)) {
                Document document = new Document();
                document.add(new TextField("text", line, Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
    }

    static String search(IndexSearcher searcher, Analyzer analyzer, String line) throws Exception {
        long begun = System.nanoTime();
        TopScoreDocCollector best = TopScoreDocCollector.create(10, Integer.MAX_VALUE);
        searcher.search(new QueryParser("text", analyzer).parse(QueryParser.escape(line)), best);
        TopDocs found = best.topDocs();
        StringJoiner fields = new StringJoiner("\t");
        fields.add(Double.toString((System.nanoTime() - begun) / 1e6)).add(Long.toString(found.totalHits.value));
        for (ScoreDoc hit : found.scoreDocs) fields.add(Integer.toString(hit.doc));
        return fields.toString();
    }
}
