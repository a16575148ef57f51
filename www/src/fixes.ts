// Findings that a single edit of the text mends.

import type { Diagnostic, Location } from "../../pkg/daemonset_planner.js";

export interface Edit {
  place: Location;
  /** What takes the place's text. */
  text: string;
  /** What the button says. */
  title: string;
}

/** The edit that mends a finding, if one does for certain enough to offer it. */
export function editFor({ code, location, found, help }: Diagnostic): Edit | undefined {
  if (!location || location.start.line !== location.end.line || !found) return undefined;
  if (code === "DSP002") {
    // `quote it: `role: "true"``; what is found may be a shortened text, so it is quoted only where the help does.
    const quoted = JSON.stringify(found);
    if (!help?.includes(quoted)) return undefined;
    return { place: location, text: quoted, title: `Write ${quoted}` };
  }
  if (code === "DSP004") {
    const meant = /^did you mean `([A-Za-z0-9]+)`\?$/.exec(help ?? "")?.[1];
    return meant === undefined ? undefined : { place: location, text: meant, title: `Write ${meant}` };
  }
  return undefined;
}
