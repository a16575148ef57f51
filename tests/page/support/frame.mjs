// Parts that several tests of the page share.

/** Drops files on an element, as a drag does. Contents are texts, or arrays of bytes. */
export async function dropFiles(page, selector, files) {
  await page
    .locator(selector)
    .first()
    .evaluate((element, files) => {
      const dataTransfer = new DataTransfer();
      for (const [name, content] of Object.entries(files)) {
        const part = typeof content === "string" ? content : new Uint8Array(content);
        dataTransfer.items.add(new File([part], name));
      }
      for (const type of ["dragenter", "dragover", "drop"]) {
        element.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, composed: true }));
      }
    }, files);
}

/** The text of an editor, as the editor has it: what is out of sight too. */
export async function copyOf({ page, context }, name) {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator(`.cm-content[aria-label="${name}"]`).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  return page.evaluate(() => navigator.clipboard.readText());
}
