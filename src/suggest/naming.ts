// Names for what is suggested, made from the control's id unless told otherwise.

export interface Naming {
  /** Beginning of block names and names in AWS, such as `unauthorized-api-calls`. */
  readonly base: string;
  readonly namespace: string;
  readonly metric: string;
  readonly topic: string;
  readonly trail: string;
  /** The variable that holds who is told. */
  readonly endpoint: string;
}

/** `aws-unauthorized-api-calls-alarm` is about `unauthorized-api-calls`. */
export function namingFor(controlId: string, wishes: Partial<Naming>): Naming {
  const base = controlId
    .replace(/^aws-/, "")
    .replace(/-alarm$/, "")
    .replace(/[^A-Za-z0-9-]+/g, "-");
  const metric = base
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
  return {
    base,
    namespace: "CISBenchmark",
    metric,
    topic: "security-alerts",
    trail: "management-events",
    endpoint: "alert_endpoint",
    ...wishes,
  };
}

/** The first of `name`, `name_2`, `name_3`, … that is not taken. */
export function freeName(wanted: string, taken: (name: string) => boolean, joint = "_"): string {
  let name = wanted;
  for (let number = 2; taken(name); number += 1) name = `${wanted}${joint}${number}`;
  return name;
}
