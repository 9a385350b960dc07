from tests.articles.factories import make_article


def test_a_member_reads_an_article_from_the_list(signed_in_page):
    make_article(title="المجلس يقر الموازنة")
    page = signed_in_page("reader")
    page.goto("/")
    page.get_by_role("link", name="المجلس يقر الموازنة").click()
    assert page.get_by_role("heading", level=1).inner_text() == "المجلس يقر الموازنة"
