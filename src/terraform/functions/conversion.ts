// Type conversion functions. Source: https://developer.hashicorp.com/terraform/language/functions#type-conversion-functions

import { known, UNSET } from "../../model/value.ts";
import { toBool, toNumber, toText } from "../convert.ts";
import { convertFunction } from "../type-constraint.ts";
import { derived, marked } from "../values.ts";
import { type FunctionTable, moving, type TerraformFunction } from "./signature.ts";

export const conversionFunctions: FunctionTable = {
  ephemeralasnull: moving(1, 1, ([value = UNSET]) => value),
  issensitive: own(([value = UNSET]) =>
    value.kind === "unknown" ? derived([value]) : known(value.sensitive),
  ),
  nonsensitive: own(([value = UNSET]) => ({ ...value, sensitive: false })),
  sensitive: own(([value = UNSET]) => marked(value, true)),
  tobool: moving(1, 1, ([value = UNSET]) => toBool(value)),
  tolist: moving(1, 1, ([value = UNSET]) => convertFunction("list")(value)),
  tomap: moving(1, 1, ([value = UNSET]) => convertFunction("map")(value)),
  tonumber: moving(1, 1, ([value = UNSET]) => toNumber(value)),
  toset: moving(1, 1, ([value = UNSET]) => convertFunction("set")(value)),
  tostring: moving(1, 1, ([value = UNSET]) => toText(value)),
};

function own(call: TerraformFunction["call"]): TerraformFunction {
  return { ...moving(1, 1, call), marks: "own" };
}
