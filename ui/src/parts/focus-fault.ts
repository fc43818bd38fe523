import { tick } from "svelte";

/** Goes to the first field that something is wrong with: it may be out of sight. */
export async function focusFault(form: ParentNode | null | undefined): Promise<void> {
  await tick();
  form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}
