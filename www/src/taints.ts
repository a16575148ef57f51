// Taints of the nodes, as far as the plan names them.

export interface Taint {
  key: string;
  value: string;
}

const TAINT = /^taint ([^=:\s]+)(?:=([^:\s]*))?:\w+ is not tolerated$/;

/** The taint of a reason, if it is of one. */
export function taintOf({ code, summary }: { code: string; summary: string }): Taint | undefined {
  const [, key, value = ""] = (code.startsWith("taint-") && TAINT.exec(summary)) || [];
  return key === undefined ? undefined : { key, value };
}
