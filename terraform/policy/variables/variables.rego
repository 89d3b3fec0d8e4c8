# Every variable is typed, described and validated. `conftest test --parser hcl2` gets the files of variables.
package variables

import rego.v1

deny contains sprintf("variable %s: no %s", [name, what]) if {
	some name, declarations in input.variable
	some declaration in declarations
	some what in ["type", "description", "validation"]
	not what in object.keys(declaration)
	not is_obvious(declaration, what)
}

# A bool can't be wrong.
is_obvious(declaration, "validation") if declaration.type == "${bool}"
