// As much of node:assert as the job needs, for the browser, too.
export function ok(value, what = "it is not so") {
  if (!value) throw new Error(what);
}

export function equal(actual, expected, what = "") {
  if (actual !== expected) throw new Error(`${what} is ${String(actual)}, not ${String(expected)}`);
}

export const isChinese = (text) => /[\u4e00-\u9fff]/.test(text ?? "");
