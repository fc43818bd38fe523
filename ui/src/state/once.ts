/**
 * Runs `work` at once, and while it runs remembers only that it is wanted again: a burst of a
 * hundred events costs two runs, and the last run always starts after the last event.
 */
export function coalesced(work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;

  async function run(): Promise<void> {
    do {
      again = false;
      await work();
    } while (again);
    running = undefined;
  }

  return () => {
    if (running) again = true;
    else running = run();
    return running;
  };
}
