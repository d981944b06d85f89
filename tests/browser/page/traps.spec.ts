import { expect, test } from "../support/fixtures";

// Every other test rests on its watch. Here each of its traps is sprung once.

test("a broken rule of the content security policy is noted", async ({ page, watch }) => {
  await page.goto("/book/intro");
  await page.evaluate(() => {
    const script = document.createElement("style");
    script.append("body { color: red }");
    document.body.append(script);
  });
  await expect.poll(() => watch.problems.join("\n")).toContain("policy: style-src");
  expect(watch.taken().join("\n")).toContain("console: ");
});

test("markup made from text is noted, before it can run", async ({ page, watch }) => {
  await page.goto("/book/intro");
  const refused = await page.evaluate(() => {
    try {
      document.body.innerHTML = "<img src=x onerror=hacked(1)>";
      return "";
    } catch (error) {
      return String(error);
    }
  });
  expect(refused).toContain("TrustedHTML");
  await expect.poll(() => watch.problems.join("\n")).toContain("policy: require-trusted-types-for");
  watch.taken();
});

test("an error of the page is noted, on the console and thrown", async ({ page, watch }) => {
  await page.goto("/book/intro");
  await page.evaluate(() => {
    console.error("said");
    queueMicrotask(() => {
      throw new Error("thrown");
    });
  });
  await expect.poll(() => watch.problems).toEqual(["console: said", "error: thrown"]);
  watch.taken();
});

test("what a test allows counts no more, and nothing else", async ({ page, watch }) => {
  await page.goto("/book/intro");
  watch.allow(/^console: expected/);
  await page.evaluate(() => {
    console.error("expected trouble");
    console.error("other trouble");
  });
  await expect.poll(() => watch.problems).toEqual(["console: other trouble"]);
  watch.taken();
});

test.describe("without the policy", () => {
  test.use({ bypassCSP: true });

  test("foreign script that runs is noted", async ({ page, watch }) => {
    await page.goto("/_local/inbox");
    await page.evaluate(() => {
      document.body.innerHTML =
        "<img src='data:,' onerror=hacked(1)><details open ontoggle=hacked(2)>x</details>";
    });
    await expect.poll(() => watch.problems).toEqual(expect.arrayContaining(["executed: 1", "executed: 2"]));
    watch.taken();
  });

  test("a dialog of the browser is noted and closed", async ({ page, watch }) => {
    await page.goto("/_local/inbox");
    await page.evaluate(() => alert("here"));
    expect(watch.taken()).toEqual(["executed: alert here"]);
  });

  test("a request to anyone else is noted", async ({ page, watch }) => {
    await page.route("https://beacon.example/**", (route) => route.abort());
    await page.goto("/_local/inbox");
    await page.evaluate(() => fetch("https://beacon.example/seen").catch(() => undefined));
    await expect.poll(() => watch.problems).toContain("third party: https://beacon.example/seen");
    watch.taken();
  });
});
