// The sentence is a polite live region. While somebody types it is busy, so that it is read once and not at every
// key; when the hands rest, it is read.

/** Hands rest when nothing was typed for so long. */
const REST_MS = 800;

/** @returns to be called at every change that was typed */
export function calm(region: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    region.setAttribute("aria-busy", "true");
    timer = setTimeout(() => region.removeAttribute("aria-busy"), REST_MS);
  };
}
