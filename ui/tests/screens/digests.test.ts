import { screen, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { FakeHost } from "../../src/host/fake";
import { openWindow, settled } from "../window";

async function atDigests(prepare?: (host: FakeHost) => void) {
  localStorage.setItem("wirewatch.place", JSON.stringify({ screen: "digest" }));
  return openWindow({}, prepare);
}

async function click(element: HTMLElement): Promise<void> {
  await userEvent.click(element);
  await settled();
}

const button = (name: string | RegExp) => screen.getByRole("button", { name });

describe("the list of digests", () => {
  it("shows last and next edition and the last trouble of each", async () => {
    const { all } = await atDigests();
    const [morning, weekly] = all("plan-row");
    expect(morning?.textContent).toContain("Weekdays at 07:30, Europe/Berlin");
    expect(morning?.textContent).toMatch(
      /Next Thu 07:30( here)? · last 4 Mar: \d+ articles, 2 not sent/,
    );
    expect(morning?.textContent).toContain("it may have been delivered");
    expect(weekly?.textContent).toContain("no edition yet");
  });

  it("invites to plan one when there is none", async () => {
    const { all } = await atDigests((host) => (host.press.plans = []));
    expect(screen.getByText("No digest is planned")).toBeTruthy();
    expect(all("digest-preview"), "the digest of the moment is there all the same").toHaveLength(1);
  });

  it("says why it could not be loaded, and tries again", async () => {
    const { host, all } = await atDigests((stand) =>
      stand.refusals.set("listPlans", { kind: "failed", message: "The library is locked." }),
    );
    expect(screen.getByRole("alert").textContent).toContain("The library is locked.");
    host.refusals.clear();
    await click(button("Try again"));
    expect(all("plan-row")).toHaveLength(2);
  });

  it("leads from a trouble to the edition that has it, to be sent again", async () => {
    const { host, all, one } = await atDigests();
    await click(one("plan-trouble"));
    expect(one("deliveries").hasAttribute("open")).toBe(true);
    const [ann] = all("delivery");
    expect(ann?.textContent).toContain("May have been delivered");
    await click(within(ann as HTMLElement).getByRole("button", { name: /^Send again\?/ }));
    expect(host.press.editions[0]?.deliveries[0]?.state).toBe("waiting");
  });
});

describe("an edition that was sent by hand", () => {
  it("says so with its time, for there may be several a day", async () => {
    const { app, all } = await atDigests((host) => {
      const [newest] = host.press.editions;
      if (newest) host.press.editions = [{ ...newest, id: 2_000, by_hand: true, late: false }];
    });
    app.digests.showArchive();
    await settled();
    expect(all("open-edition")[0]?.textContent).toMatch(/sent by hand at \d\d:\d\d/);
  });
});

describe("planning a digest", () => {
  it("by hand, from its name to the list", async () => {
    const { host, one, all } = await atDigests();
    await click(one("plan-digest"));
    await userEvent.type(one("plan-name"), "Evening");
    await userEvent.clear(one("plan-at"));
    await userEvent.type(one("plan-at"), "18:15");
    await click(screen.getByRole("checkbox", { name: "Sunday" }));
    await userEvent.type(one("plan-zone"), "tokyo");
    await userEvent.keyboard("{ArrowDown}{Enter}");
    await userEvent.type(one("plan-recipients"), "ann@example.org{Enter}");
    await settled();
    await click(button("Choose…"));
    await click(one("plan-save"));
    await vi.waitFor(() => expect(all("plan-row")).toHaveLength(3));
    expect(host.press.plans[0]).toMatchObject({
      name: "Evening",
      at: "18:15",
      zone: "Asia/Tokyo",
      days: ["mon", "tue", "wed", "thu", "fri", "sat"],
      recipients: ["ann@example.org"],
      folder: "/press/Morning",
    });
  });

  it("puts the cursor where something is wrong", async () => {
    const { one } = await atDigests();
    await click(one("plan-digest"));
    await click(one("plan-save"));
    await vi.waitFor(() => expect(document.activeElement).toBe(one("plan-name")));
    expect(one("plan-name").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("alert").textContent).toContain("It needs a name");
  });

  it("orders topics by keys alone", async () => {
    const { app } = await atDigests();
    app.digests.showPlan("Minister’s morning", "plan");
    await settled();
    button("Move U.S.–Russia relations down").focus();
    await userEvent.keyboard("{Enter}");
    await settled();
    expect(app.digests.editor.draft?.topics).toEqual(["election-interference", "us-russia"]);
    expect(document.activeElement, "the focus goes along").toBe(
      button("Move U.S.–Russia relations up"),
    );
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Add a topic…" }), [
      "harbour-strikes",
    ]);
    await click(button("Leave out Election interference"));
    expect(app.digests.editor.draft?.topics).toEqual(["us-russia", "harbour-strikes"]);
  });

  it("takes what is pasted as a list, and chips away by keys", async () => {
    const { app, one } = await atDigests();
    await click(one("plan-digest"));
    one("plan-recipients").focus();
    await userEvent.paste("ann@example.org\nBob <bob@example.org>\n");
    await settled();
    expect(app.digests.editor.draft?.recipients).toEqual([
      "ann@example.org",
      "Bob <bob@example.org>",
    ]);
    await userEvent.keyboard("{Backspace}");
    await click(button("Remove ann@example.org"));
    expect(app.digests.editor.draft?.recipients).toEqual([]);
    expect(document.activeElement).toBe(one("plan-recipients"));
  });

  it("warns that mails wait while no server is set", async () => {
    const { app } = await atDigests((host) => (host.press.mail = null));
    app.digests.showPlan("Minister’s morning", "plan");
    await settled();
    await click(button("Set up mail"));
    expect(app.navigation.place).toEqual({ screen: "mail" });
  });
});

describe("editions", () => {
  async function atEditions(prepare?: (host: FakeHost) => void) {
    const window = await atDigests(prepare);
    window.app.digests.showPlan("Minister’s morning", "editions");
    await settled();
    return window;
  }

  it("are shown as they came out, in a frame without scripts", async () => {
    const { one } = await atEditions();
    expect(one("edition-preview").getAttribute("sandbox")).toBe("");
    await click(one("edition-eml"));
    expect(one("toast").textContent).toContain(".eml");
  });

  it("say what became of one that was not made", async () => {
    const { app, one } = await atEditions();
    app.digests.editions.open(994);
    await settled();
    expect(one("open-edition").textContent).toContain("Skipped: the program was off");
  });

  it("have an empty state and an error that can be mended", async () => {
    const { app, host, all } = await atEditions((stand) => {
      stand.press.editions = [];
    });
    expect(screen.getByText("No edition yet")).toBeTruthy();
    host.refusals.set("listEditions", { kind: "failed", message: "The library is locked." });
    app.digests.showArchive();
    await settled();
    expect(screen.getByRole("alert").textContent).toContain("The library is locked.");
    host.refusals.clear();
    await click(button("Try again"));
    expect(screen.getByText("Nothing has come out yet")).toBeTruthy();
    expect(all("edition-row")).toEqual([]);
  });

  it("lead to the mail settings where these are what is missing", async () => {
    const { app } = await atEditions((host) => {
      const delivery = host.press.editions[0]?.deliveries[0];
      if (delivery) Object.assign(delivery, { state: "blocked", message: "no mail server is set" });
    });
    await click(button("Mail settings"));
    expect(app.navigation.place).toEqual({ screen: "mail" });
  });
});

describe("sending now", () => {
  it("asks to whom, and says of each what became of it", async () => {
    const { app, host, one, all } = await atDigests();
    app.digests.showPlan("Weekly harbour review");
    host.press.answers.set("ann@example.org", "550 no such user");
    await settled();
    await click(one("send-now"));
    await userEvent.type(one("send-to"), "ann@example.org");
    await click(one("send"));
    await vi.waitFor(() => expect(all("sent-to")).toHaveLength(2));
    expect(all("sent-to").map((row) => row.textContent)).toEqual([
      expect.stringContaining("press-desk@ministry.example Sent."),
      expect.stringContaining("ann@example.org Not sent. 550 no such user"),
    ]);
  });
});

describe("mail settings", () => {
  it("are reached from the settings, and say where the password is", async () => {
    const { app, one } = await openWindow();
    app.go({ screen: "settings" });
    await settled();
    await click(one("mail-settings"));
    expect(one("password-place").textContent).toContain("in the system’s keyring");
    expect(one("mail-password")).toHaveProperty("value", "");
    await userEvent.type(one("mail-test-to"), "ann@example.org");
    await click(one("mail-test"));
    await vi.waitFor(() => expect(one("mail-answer").textContent).toContain("ann@example.org"));
  });

  it("say how to begin when there are none", async () => {
    localStorage.setItem("wirewatch.place", JSON.stringify({ screen: "mail" }));
    const { one } = await openWindow({}, (host) => (host.press.mail = null));
    expect(one("mail-none").textContent).toContain("No mail server is set up yet");
  });
});
