import { beforeEach, describe, expect, it, vi } from "vitest";
import { FakeHost } from "../../src/host/fake";
import { App } from "../../src/state/app.svelte";
import { NOW, settled } from "../window";

let host: FakeHost;
let app: App;

beforeEach(async () => {
  host = new FakeHost({ articles: 5, now: NOW });
  app = new App(host);
  await app.start();
  app.go({ screen: "mail" });
  await settled();
});

describe("mail settings", () => {
  it("never hold the password that is kept", () => {
    expect(app.mail.password).toBe("");
    expect(JSON.stringify(app.mail.draft)).not.toContain("secret");
    expect(app.mail.place.value).toEqual({ kind: "keyring" });
  });

  it("keep the password unless another one is typed", async () => {
    app.mail.change({ sender: "desk@ministry.example" });
    expect(await app.mail.save()).toBe(true);
    expect(host.press.password).toBe("secret");
    app.mail.password = "other";
    await app.mail.save();
    expect(host.press.password).toBe("other");
    expect(app.mail.password, "it does not stay in the window").toBe("");
    expect(app.mail.isChanged).toBe(false);
  });

  it("say that the password is needed for another account", async () => {
    app.mail.change({ user: "desk" });
    expect(app.mail.isOtherAccount).toBe(true);
    await app.mail.save();
    expect(app.mail.place.value).toEqual({ kind: "missing" });
  });

  it("say that a password is only kept in memory where there is no keyring", async () => {
    host.press.hasKeyring = false;
    app.mail.password = "other";
    await app.mail.save();
    expect(app.mail.place.value).toEqual({ kind: "memory" });
  });

  it("say what is wrong under its field, until it is changed", async () => {
    app.mail.change({ host: "nonsense" });
    expect(await app.mail.save()).toBe(false);
    expect(app.mail.fault("host")).toContain("nonsense");
    expect(app.mail.draft.host, "kept to be mended").toBe("nonsense");
    app.mail.change({ host: "smtp.example.org" });
    expect(app.mail.fault("host")).toBe("");
  });

  it("are not overwritten while somebody types", async () => {
    app.mail.change({ host: "smtp.new.example" });
    await app.mail.refresh();
    expect(app.mail.draft.host).toBe("smtp.new.example");
  });
});

describe("a test message", () => {
  it("is sent with the settings as they are in the form", async () => {
    app.mail.change({ host: "smtp.new.example" });
    app.mail.testTo.type("ann@example.org");
    await app.mail.test();
    expect(host.press.mail?.host).toBe("smtp.new.example");
    expect(app.mail.answer).toMatchObject({ to: "ann@example.org", sent: true });
  });

  it("is not sent with settings that are refused", async () => {
    app.mail.change({ host: "nonsense" });
    app.mail.testTo.type("ann@example.org");
    await app.mail.test();
    expect(host.calls).not.toContain("sendTest");
  });

  it("says in words why it did not go", async () => {
    host.press.answers.set("ann@example.org", "The server refused the login");
    app.mail.testTo.type("ann@example.org");
    await app.mail.test();
    expect(app.mail.answer).toMatchObject({ sent: false, message: "The server refused the login" });
    app.mail.testTo.type("nobody");
    await app.mail.test();
    expect(app.mail.testTo.fault).toContain("nobody");
  });
});

describe("forgetting", () => {
  it("reaches the host when the way back has passed, wherever the user has gone", async () => {
    vi.useFakeTimers();
    app.mail.forget();
    expect(app.mail.isSet).toBe(false);
    app.go({ screen: "settings" });
    app.go({ screen: "mail" });
    await vi.advanceTimersByTimeAsync(0);
    expect(app.mail.isSet, "it does not come back by itself").toBe(false);
    expect(host.press.mail).not.toBeNull();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(host.press.mail).toBeNull();
    expect(host.press.password).toBeNull();
  });

  it("is undone with the password that nobody had to type again", async () => {
    vi.useFakeTimers();
    app.mail.forget();
    app.toasts.undoLast();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(app.mail.isSet).toBe(true);
    expect(host.press.password).toBe("secret");
  });

  it("does not forget the server that was set meanwhile", async () => {
    vi.useFakeTimers();
    app.mail.forget();
    app.mail.change({ host: "smtp.new.example", sender: "ann@example.org" });
    await app.mail.save();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(host.press.mail?.host).toBe("smtp.new.example");
  });
});
