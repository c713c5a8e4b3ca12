// @grpc/grpc-js with contracts that it reads itself: gRPC as Node's own users speak it.
import { readFileSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";
import { equal, isChinese, ok } from "./assert.mjs";
import { checklist } from "./checks.mjs";

const setting = JSON.parse(readFileSync(process.argv[2], "utf8"));
const includeDirs = process.argv.slice(3);
const job = setting.jobs["grpc-js"];
const check = checklist("grpc");
const services = ["application/v1/application", "application/v1/export", "maturity/v1/maturity", "review/v1/review"];
const files = services.map((name) => `jiebang/${name}_service.proto`);
const details = loader.loadSync("google/rpc/error_details.proto", { includeDirs, keepCase: false });
const contracts = loader.loadSync([...files, "google/rpc/status.proto"], { includeDirs, longs: String, enums: String });
const { application, maturity, review } = grpc.loadPackageDefinition(contracts).jiebang;
const insecure = grpc.credentials.createInsecure();
const applications = new application.v1.ApplicationService(setting.grpc, insecure);
const assessments = new maturity.v1.MaturityService(setting.grpc, insecure);
const exporter = new application.v1.ExportService(setting.grpc, insecure);
const reviews = new review.v1.ReviewService(setting.grpc, insecure);

function metadata(bearer) {
  const made = new grpc.Metadata();
  if (bearer) made.set("authorization", bearer);
  return made;
}

// One call with one answer: { response, status }; what it is refused with is thrown.
const call = (client, method, request, bearer, options = {}) =>
  new Promise((resolve, reject) => {
    client[method](request, metadata(bearer), options, (error, response) => (error ? reject(error) : resolve(response)));
  });

async function refusal(promise) {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  ok(error, "it was not refused");
  return { code: error.code, message: error.details, ...open(error.metadata.get("grpc-status-details-bin")[0]) };
}

// The details by their short names, as grpc-status-details-bin carries them.
function open(bytes) {
  ok(bytes, "no details");
  const read = (type, from) => type.deserialize(from);
  const opened = {};
  for (const { type_url: typeUrl, typeUrl: camelUrl, value } of read(contracts["google.rpc.Status"], bytes).details) {
    const name = (typeUrl ?? camelUrl).split("/").pop();
    opened[name.split(".").pop()] = read(details[name], value);
  }
  return opened;
}

const name = `${job.parent}/applications/interop`;

await check("lists the programmes without credentials", async () => {
  const { names } = await call(applications, "listProgrammes", {});
  ok(names.includes(setting.programme), `it is not among ${names}`);
});
await check("registers an enterprise", async () => {
  const { applicant } = await call(applications, "createApplicant", { applicant: job.applicant }, job.bearer);
  equal(applicant.displayName, job.applicant.displayName, "the display name");
});
const draft = await check("starts a draft", async () => {
  const request = { parent: job.parent, applicationId: "interop", application: setting.draft };
  const response = await call(applications, "createApplication", request, job.bearer);
  equal(response.application.title, setting.draft.title, "the title");
  return response.application;
});
await check("is refused with every clause, in English and Chinese", async () => {
  const refused = await refusal(call(applications, "submitApplication", { name }, job.bearer));
  equal(refused.code, grpc.status.FAILED_PRECONDITION, "the code");
  equal(refused.ErrorInfo.reason, "RULES_VIOLATED", "the reason");
  ok(isChinese(refused.LocalizedMessage.message) && refused.message, "not in both languages");
  ok(refused.PreconditionFailure.violations.length > 1, "too few violations");
});
await check("changes what the mask names", async () => {
  const request = {
    application: { ...camel(setting.content), name, etag: draft.etag, title: "not in the mask" },
    updateMask: { paths: ["sections", "scenario_instances", "declarations"] },
  };
  const response = await call(applications, "updateApplication", request, job.bearer);
  equal(response.application.title, setting.draft.title, "the title");
});
await check("files it", async () => {
  const { receipt } = await call(applications, "submitApplication", { name }, job.bearer);
  ok(/^[0-9a-f]{64}$/.test(receipt.contentDigest), "no digest");
});
await check("lists page by page", async () => {
  const names = [];
  let pageToken = "";
  do {
    const request = { parent: `${setting.unit}/applicants/-`, pageSize: 2, pageToken };
    const page = await call(applications, "listApplications", request, setting.unitBearer);
    names.push(...page.applications.map((each) => each.name));
    pageToken = page.nextPageToken;
  } while (pageToken);
  ok(names.includes(name) && new Set(names).size === names.length, `the pages hold ${names}`);
});
await check("is refused what is another's", async () => {
  const refused = await refusal(call(applications, "getApplication", { name }, setting.stranger));
  equal(refused.code, grpc.status.PERMISSION_DENIED, "the code");
  equal(refused.ErrorInfo.reason, "NOT_OWNER", "the reason");
});
const last = await check("watches what happens", async () => {
  const stream = applications.watchEvents({}, metadata(job.bearer), { deadline: Date.now() + 20_000 });
  stream.on("error", () => {}); // the cancellation
  for await (const { entry } of stream) {
    if (entry.event.type !== "application.submitted") continue;
    equal(entry.event.resource, name, "the resource");
    equal(typeof entry.sequence, "string", "the type of a 64-bit integer");
    stream.cancel();
    return entry;
  }
  throw new Error("the stream ended");
});
await check("stops waiting at its deadline", async () => {
  const stream = applications.watchEvents({ resumeToken: last.resumeToken }, metadata(job.bearer), { deadline: Date.now() + 700 });
  const error = await new Promise((resolve) => stream.on("data", () => {}).on("error", resolve));
  equal(error.code, grpc.status.DEADLINE_EXCEEDED, "the code");
});
await check("evaluates a batch on one stream", async () => {
  const stream = assessments.evaluateBatch(metadata(setting.ministryBearer), { deadline: Date.now() + 20_000 });
  const keys = ["a", "b", "c"];
  for (const evaluationId of keys) {
    stream.write({ evaluationId, model: setting.model, manufacturingType: "MANUFACTURING_TYPE_DISCRETE" });
  }
  stream.end();
  const answered = [];
  for await (const answer of stream) answered.push(answer.evaluationId);
  equal(answered.join(), keys.join(), "the answers");
});
const imports = setting.imports["grpc-js"];
await check("imports experts in one stream with one answer", async () => {
  const answer = await new Promise((resolve, reject) => {
    const stream = reviews.importExperts(metadata(setting.ministryBearer), (error, found) => (error ? reject(error) : resolve(found)));
    for (const expert of imports.experts) stream.write(expert);
    stream.end();
  });
  equal(answer.receivedCount, "3", "the number of what came");
  equal(answer.failures.map((each) => each.itemId).join(), imports.experts[1].itemId, "the one that failed");
});
await check("imports applications, each answered before the next is sent", async () => {
  const stream = applications.importApplications(metadata(setting.ministryBearer), { deadline: Date.now() + 20_000 });
  const answers = stream[Symbol.asyncIterator]();
  const digests = [];
  for (const item of imports.applications) {
    stream.write({ ...item, application: camel(item.application) });
    const { value } = await answers.next();
    equal(value.itemId, item.itemId, "the item");
    digests.push(value.receipt?.contentDigest.length ?? value.violations.length > 0);
  }
  stream.end();
  ok((await answers.next()).done, "an answer too many");
  equal(digests.join(), "64,true,64", "the results");
});
await check("exports, asks until it is done, and downloads", async () => {
  const begun = await call(exporter, "exportApplications", { parent: `${setting.unit}/applicants/-` }, setting.ministryBearer);
  const operation = { name: begun.name };
  for (let tries = 0; tries < 100; ++tries) {
    if ((await call(exporter, "getOperation", operation, setting.ministryBearer)).done) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const parts = [];
  for await (const { data } of exporter.downloadExport(operation, metadata(setting.ministryBearer))) parts.push(data);
  const lines = Buffer.concat(parts).toString("utf8").trim().split("\n");
  const names = lines.map((line) => JSON.parse(line).name);
  ok(imports.filed.every((each) => names.includes(each)), `${imports.filed} is not in ${names}`);
  await call(exporter, "deleteOperation", operation, setting.ministryBearer);
});
process.exit(0);

// What proto JSON calls by the contract's names, as this client calls it.
function camel(value) {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.replace(/_(.)/g, (_, letter) => letter.toUpperCase()), camel(each)]),
  );
}
