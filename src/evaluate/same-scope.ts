// Whether two objects live in one account and region: see src/model/same-scope.ts.

export { differ, sameScope } from "../model/same-scope.ts";
