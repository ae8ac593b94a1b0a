"""Every public name says what it promises."""

from __future__ import annotations

import ast
import re

from tests.house.source import PACKAGE, ROOT, Definition, Function, Module, modules

SHORT = 3
ODD_NAMES = re.compile(r"(^|_)(utils?|helpers?|manager|misc|stuff|common)($|_)", re.IGNORECASE)


def test_every_public_name_has_a_docstring() -> None:
    """Modules, classes, functions and methods say in one sentence what they are or do."""
    missing = [module.name for module in modules() if not _says(module.tree)]
    missing += [
        f"{module.name}: {name}"
        for module in modules()
        for name, node in module.public()
        if not _says(node)
    ]
    assert not missing, "\n".join(missing)


def test_functions_name_their_parameters() -> None:
    """A public function of several parameters describes each of them.

    Exempt is one of at most three statements, as its signature and its one sentence say it all, and
    a command or a route, as its options carry their help and its parameters their description.
    """
    found = [
        f"{module.name}: {name} does not describe {parameter}"
        for module, name, node in _functions()
        if len(_parameters(node)) > 1 and len(_statements(node)) > SHORT and not _is_face(node)
        for parameter in _undescribed(node, _parameters(node))
    ]
    assert not found, "\n".join(found)


def test_values_name_their_fields() -> None:
    """A public dataclass describes each of its fields, unless the field carries its meaning."""
    found = [
        f"{module.name}: {name} does not describe {field}"
        for module in modules()
        for name, node in module.public()
        if isinstance(node, ast.ClassDef) and _is_value(node)
        for field in _undescribed(node, _fields(node))
    ]
    assert not found, "\n".join(found)


def test_every_test_says_what_it_holds() -> None:
    """Each test and fixture has a docstring of one sentence on its first line."""
    silent = [
        f"{module.name}: {node.name}"
        for module in modules(ROOT / "tests")
        for node in module.functions()
        if (node.name.startswith("test_") or _is_fixture(node)) and not _says(node)
    ]
    assert not silent, "\n".join(silent)


def test_names_come_from_the_field() -> None:
    """No file, class or function is named after nothing in particular."""
    odd = [
        module.name
        for module in (*modules(), *modules(ROOT / "tests"), *modules(ROOT / "benches"))
        if any(ODD_NAMES.search(part) for part in (module.path.stem, module.path.parent.name))
    ]
    odd += [
        f"{module.name}: {name}"
        for module in modules(PACKAGE)
        for name, _ in module.public()
        if ODD_NAMES.search(name.rpartition(".")[2])
    ]
    assert not odd, "\n".join(odd)


def _functions() -> list[tuple[Module, str, Function]]:
    return [
        (module, name, node)
        for module in modules()
        for name, node in module.public()
        if not isinstance(node, ast.ClassDef) and "." not in name
    ]


def _says(node: ast.Module | Definition) -> bool:
    first = (ast.get_docstring(node) or "").partition("\n")[0]
    return first.endswith((".", "?", "!")) and " " in first


def _statements(node: Function) -> list[ast.stmt]:
    return node.body[1:]


def _parameters(node: Function) -> list[str]:
    arguments = node.args
    return [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _fields(node: ast.ClassDef) -> list[str]:
    return [
        each.target.id
        for each in node.body
        if isinstance(each, ast.AnnAssign)
        and isinstance(each.target, ast.Name)
        and not each.target.id.startswith("_")
        and not ast.unparse(each.annotation).startswith("ClassVar")
        and "meaning" not in ast.unparse(each.value or ast.Constant(None))
        and not ast.unparse(each.value or ast.Constant(None)).startswith("_setting(")
    ]


def _undescribed(node: Definition, names: list[str]) -> list[str]:
    sections = re.findall(
        r"^(?:Parameters|Attributes)\n-+\n(.*?)(?=^\w+\n-+\n|\Z)",
        ast.get_docstring(node) or "",
        re.MULTILINE | re.DOTALL,
    )
    lines = "\n".join(sections).splitlines()
    heads = [line.partition(" :")[0] for line in lines if line and not line.startswith(" ")]
    described = {name.strip(" *") for head in heads for name in head.split(",")}
    return [name for name in names if name not in described]


def _is_value(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(each) for each in node.decorator_list)


def _is_face(node: Function) -> bool:
    faces = (".command(", "router.get(", "router.post(", "router.delete(")
    return any(face in ast.unparse(each) for each in node.decorator_list for face in faces)


def _is_fixture(node: Function) -> bool:
    return any("fixture" in ast.unparse(each) for each in node.decorator_list)
