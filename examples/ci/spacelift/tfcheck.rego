# A plan policy: what tfcheck found violated denies, what it left undecided warns.
package spacelift

import rego.v1

report := input.third_party_metadata.custom.tfcheck

deny contains sprintf("%v %v: %v", [finding.control.id, finding.address, finding.message]) if {
	some finding in report.findings
	finding.outcome == "violated"
}

warn contains sprintf("%v %v: %v", [finding.control.id, finding.address, finding.message]) if {
	some finding in report.findings
	finding.outcome == "undecided"
}

deny contains "tfcheck has not reported" if not report.outcome
