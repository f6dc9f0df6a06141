// What `--help` says beyond the list of options: what the answer means, and how tfcheck is used.

export const SUMMARY =
  "Says whether an unauthorized AWS API call will raise an alarm that reaches someone once a Terraform plan is applied.";

export const TEACHING = `
Examples:
  terraform plan -out=tfplan && terraform show -json tfplan > plan.json
  tfcheck plan.json                              the answer, the chain, and where it breaks
  tfcheck plan.json --with network-state.json    with the state of the stack that owns the rest of the chain
  tfcheck plan.json --source infra               with the code, which decides what the plan's JSON leaves open
  tfcheck infra                                  the code alone, without a plan
  tfcheck state.json                             what is, instead of what an apply will change
  tfcheck 'stacks/*/plan.json' --expect 12       each by itself; a plan that is missing stops the run
  tfcheck net.json app=out/plan.json --combine   several as one estate; "app" is what the report calls the second
  tofu show -json tfplan | tfcheck -             from a pipe
  tfcheck plan.json --undecided pass             stop a merge only on what is proven broken

Commands (each with --help):
  list       the controls and benchmarks that tfcheck knows
  explain    what a control asks for, or what a cause means and how to mend it
  pattern    parse a filter pattern, compare two, try one on events
  graph      what tfcheck sees of the chain in a plan
  audit      the same question of an account as it is now
  suggest    the Terraform blocks that complete the chain
  baseline   waivers for what is broken today
  policy     test policies of your own by their examples
  batch      one line of JSON for each of many plans, over all cores
  render     a saved JSON report in another format

Exit codes:
  0  every selected control is satisfied or waived
  1  one is violated: the plan proves that no chain can exist
  2  could not check: usage, configuration, an input that cannot be used
  3  none is violated, one is undecided: the plan does not tell (0 with --undecided pass)
`;
