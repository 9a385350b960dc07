"""What drf-spectacular cannot see by itself: how one signs in, and the marks' endpoints, which are plain views."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from newsdesk.api.marks import COMPONENTS, paths

Schema = dict[str, Any]
# Nobody is signed in where reading is closed; too many requests; no index to search.
ANYWHERE = ("401", "429", "503")


class SignedInScheme(OpenApiAuthenticationExtension):
    target_class = "newsdesk.api.reading.SignedIn"
    name = ("token", "session")

    def get_security_definition(self, auto_schema: object) -> list[Schema]:
        return [{"type": "http", "scheme": "bearer"}, {"type": "apiKey", "in": "cookie", "name": "sessionid"}]

    def get_security_requirement(self, auto_schema: object) -> list[dict[str, list]]:
        """Either will do."""
        return [{name: []} for name in self.name]


def add_marks(result: Schema, generator: object, request: object, public: bool) -> Schema:
    """A postprocessing hook of drf-spectacular."""
    for path, methods in paths().items():
        result["paths"].setdefault(path, {}).update(methods)
    result["components"]["schemas"].update(COMPONENTS)
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for methods in result["paths"].values():
        for operation in methods.values():
            for status in ANYWHERE:
                operation["responses"].setdefault(status, {"description": "", "content": problem})
    return result
