// Grows a real plan by resources that have nothing to do with the chain, to a size in bytes or a number of resources:
//   node bench/generate-plan.mjs out.json --bytes 435MB
//   node bench/generate-plan.mjs out.json --resources 10000 --base test/scenarios/alarm-missing/plan.json
// Written piece by piece, so the size is bounded by the disk alone; printed on one line, as Terraform prints it.

import { closeSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { changeOf, moduleCall, moduleResources, serviceOf } from "./plan-shapes.mjs";

/** A satisfied chain: a reader that stops early cannot answer by luck. */
const BASE = fileURLToPath(new URL("../examples/satisfied-chain/plan.json", import.meta.url));
const BUFFER = 1 << 20;

/** Where the services go into the base; each stands in the text as a string of its own. */
const SECTIONS = {
  planned: (service) => [moduleResources(service, { known: service.exists })],
  changes: (service) => service.instances.map((one) => changeOf(service, one)),
  prior: (service) => (service.exists ? [moduleResources(service, { known: true })] : []),
  calls: (service) => [[`service_${service.id}`, moduleCall(service)]],
};

/** Writes the plan; gives its size in bytes and the number of its resources. Needs no more memory for larger plans. */
export function generatePlan(file, { bytes, resources, base = BASE }) {
  const plan = JSON.parse(readFileSync(base, "utf8"));
  const template = goJson(withMarks(plan));
  const own = plan.resource_changes.length;
  const perService = serviceOf(0).instances.length;
  const services =
    bytes === undefined
      ? Math.ceil(Math.max(0, (resources ?? own) - own) / perService)
      : servicesFor(bytes, template);
  const output = openOutput(file);
  // Text, the name of a mark and the comma behind it, in turns.
  const parts = template.split(/"@(\w+)@"(?::0)?(,?)/);
  for (let at = 0; at < parts.length; at += 3) {
    const [text, mark, comma] = parts.slice(at, at + 3);
    output.write(text);
    if (mark !== undefined && writeServices(output, SECTIONS[mark], services)) output.write(comma);
  }
  output.write("\n");
  output.close();
  return { bytes: statSync(file).size, resources: own + services * perService };
}

/** Whether there was anything to write. */
function writeServices(output, section, services) {
  let separator = "";
  for (let index = 0; index < services; index += 1) {
    for (const text of textsOf(section, index)) {
      output.write(separator + text);
      separator = ",";
    }
  }
  return separator !== "";
}

/** An entry of an object is a pair. */
function textsOf(section, index) {
  return section(serviceOf(index)).map((one) =>
    Array.isArray(one) ? `${goJson(one[0])}:${goJson(one[1])}` : goJson(one),
  );
}

/** Services come in a pattern of eight, so eight are measured. */
function servicesFor(bytes, template) {
  const own = Buffer.byteLength(template);
  let eight = 0;
  for (const section of Object.values(SECTIONS)) {
    for (let index = 0; index < 8; index += 1) {
      for (const text of textsOf(section, index)) eight += Buffer.byteLength(text) + 1;
    }
  }
  if (bytes < own) throw new Error(`the base plan alone has ${own} bytes`);
  return Math.round(((bytes - own) * 8) / eight);
}

/** What the base has in a place comes after what is put there, so that it is not found at once. */
function withMarks(plan) {
  const { planned_values: planned, prior_state: prior, configuration, ...rest } = plan;
  const {
    resource_changes: changes,
    format_version,
    terraform_version,
    variables,
    resource_drift,
    ...last
  } = rest;
  const modules = (values, mark) => ({
    ...values,
    root_module: {
      ...values?.root_module,
      child_modules: [`@${mark}@`, ...(values?.root_module.child_modules ?? [])],
    },
  });
  return {
    format_version,
    terraform_version,
    variables,
    planned_values: modules(planned, "planned"),
    resource_drift,
    resource_changes: ["@changes@", ...changes],
    prior_state: {
      format_version: "1.0",
      terraform_version,
      ...prior,
      values: modules(prior?.values, "prior"),
    },
    configuration: {
      ...configuration,
      root_module: {
        ...configuration.root_module,
        module_calls: { "@calls@": 0, ...configuration.root_module.module_calls },
      },
    },
    ...last,
  };
}

/** Go's encoder, which prints plans, escapes what HTML would take for markup. */
function goJson(value) {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function openOutput(file) {
  const descriptor = openSync(file, "w");
  const buffer = Buffer.allocUnsafe(BUFFER);
  let used = 0;
  const flush = () => {
    for (let written = 0; written < used; ) written += writeSync(descriptor, buffer, written, used - written);
    used = 0;
  };
  return {
    write(text) {
      const length = Buffer.byteLength(text);
      if (length > BUFFER) throw new Error("one entry is larger than the buffer");
      if (used + length > BUFFER) flush();
      used += buffer.write(text, used);
    },
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}

/** `16KB`, `72MB`, `2GB`: thousands, as disks count. */
export function sizeOf(text) {
  const [, number, unit] = /^([\d.]+)\s*([KMG]?)B?$/i.exec(text) ?? [];
  if (number === undefined) throw new Error(`"${text}" is no size such as 72MB`);
  return Math.round(Number(number) * 1000 ** ["", "K", "M", "G"].indexOf(unit.toUpperCase()));
}

function main() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { bytes: { type: "string" }, resources: { type: "string" }, base: { type: "string" } },
  });
  const [file] = positionals;
  if (file === undefined || (values.bytes === undefined) === (values.resources === undefined)) {
    throw new Error("node bench/generate-plan.mjs FILE (--bytes SIZE | --resources N) [--base PLAN]");
  }
  const { bytes, resources } = generatePlan(file, {
    ...(values.bytes === undefined
      ? { resources: Number(values.resources) }
      : { bytes: sizeOf(values.bytes) }),
    ...(values.base === undefined ? {} : { base: values.base }),
  });
  console.log(`${file}: ${bytes} bytes, ${resources} resources`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
