"""However a policy file is laid out, each policy is found on its line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salus.trust.statements import statements

blanks = st.lists(
    st.sampled_from([" ", "\n", "\t", "// note\n", '// it"s; here\n']), max_size=5
).map("".join)
policies = st.sampled_from(
    [
        "permit (principal, action, resource);",
        'forbid (principal, action, resource)\nwhen { context.purpose == "a;b" };',
        '@id("x;y\\"z") permit (principal, action, resource);',
        "permit (principal, // all; of them\n action, resource);",
    ]
)


@given(st.lists(st.tuples(blanks, policies), max_size=6), blanks)
def test_policies_are_cut_where_they_were_joined(file: list[tuple[str, str]], end: str) -> None:
    """Comments, strings and blank lines change neither the policies nor their lines."""
    found = list(statements("".join(blank + policy for blank, policy in file) + end))
    lines, read = [], ""
    for blank, policy in file:
        lines.append((read + blank).count("\n") + 1)
        read += blank + policy
    assert [statement.text for statement in found] == [policy for _, policy in file]
    assert [statement.line for statement in found] == lines
