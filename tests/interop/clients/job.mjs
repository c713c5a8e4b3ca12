// The main job over any transport of Connect: in Node and in a browser, in every protocol that they speak.
import { fromJson } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { ErrorInfoSchema, LocalizedMessageSchema, PreconditionFailureSchema } from "../gen/google/rpc/error_details_pb.js";
import { ApplicantSchema } from "../gen/jiebang/application/v1/applicant_pb.js";
import { Application_State, ApplicationSchema } from "../gen/jiebang/application/v1/application_pb.js";
import { ApplicationService } from "../gen/jiebang/application/v1/application_service_pb.js";
import { QuotaService } from "../gen/jiebang/quota/v1/quota_service_pb.js";
import { equal, isChinese, ok } from "./assert.mjs";

export const as = (bearer) => ({ headers: { authorization: bearer } });

// What the call is refused with; an Error when it is not.
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    return ConnectError.from(error);
  }
  throw new Error("it was not refused");
}

export const reasonOf = (error) => error.findDetails(ErrorInfoSchema)[0]?.reason;

function expectRefusal(error, code, reason) {
  equal(error.code, code, "the code");
  equal(reasonOf(error), reason, "the reason");
  equal(error.findDetails(ErrorInfoSchema)[0].domain, "jiebang", "the domain");
  ok(isChinese(error.findDetails(LocalizedMessageSchema)[0]?.message), "no message in Chinese");
  ok(error.rawMessage, "no message in English");
}

async function firstEvent(stream, wanted) {
  for await (const { entry } of stream) if (wanted(entry.event)) return entry;
  throw new Error("the stream ended");
}

export async function doJob(transport, setting, job, check) {
  const applications = createClient(ApplicationService, transport);
  const me = as(job.bearer);
  const name = `${job.parent}/applications/interop`;

  await check("lists the programmes without credentials", async () => {
    const { names } = await applications.listProgrammes({});
    ok(names.includes(setting.programme), `it is not among ${names}`);
    const { programme } = await applications.getProgramme({ name: setting.programme });
    ok(isChinese(programme.name.zh), "it has no name in Chinese");
  });
  await check("registers an enterprise", async () => {
    const { applicant } = await applications.createApplicant({ applicant: fromJson(ApplicantSchema, job.applicant) }, me);
    equal(applicant.name, job.name, "the name");
    equal(applicant.displayName, job.applicant.displayName, "the display name");
  });
  const draft = await check("starts a draft", async () => {
    const application = fromJson(ApplicationSchema, setting.draft);
    const response = await applications.createApplication({ parent: job.parent, applicationId: "interop", application }, me);
    equal(response.application.title, setting.draft.title, "the title");
    equal(response.application.state, Application_State.DRAFT, "the state");
    return response.application;
  });
  await check("is refused with every clause, in English and Chinese", async () => {
    const error = await refusal(applications.submitApplication({ name }, me));
    expectRefusal(error, Code.FailedPrecondition, "RULES_VIOLATED");
    const { violations } = error.findDetails(PreconditionFailureSchema)[0];
    ok(violations.length > 1 && violations.every((each) => each.type && each.description), "violations without a clause");
    ok(violations.some((each) => isChinese(each.description)), "no clause in Chinese");
  });
  await check("changes what the mask names", async () => {
    const application = fromJson(ApplicationSchema, setting.content);
    application.name = name;
    application.etag = draft.etag;
    application.title = "not in the mask";
    const updateMask = { paths: ["sections", "scenario_instances", "declarations"] };
    const response = await applications.updateApplication({ application, updateMask }, me);
    equal(response.application.title, setting.draft.title, "the title");
    equal(response.application.sections.length, setting.content.sections.length, "the number of sections");
  });
  await check("is refused a stale etag", async () => {
    const application = fromJson(ApplicationSchema, { name, etag: draft.etag, title: "late" });
    expectRefusal(await refusal(applications.updateApplication({ application }, me)), Code.Aborted, "ETAG_MISMATCH");
  });
  const receipt = await check("files it", async () => {
    const response = await applications.submitApplication({ name, requestId: "interop-1" }, me);
    ok(/^[0-9a-f]{64}$/.test(response.receipt.contentDigest), "no digest");
    const again = await applications.submitApplication({ name, requestId: "interop-1" }, me);
    equal(again.receipt.contentDigest, response.receipt.contentDigest, "the answer to a repetition");
    return response.receipt;
  });
  await check("lists page by page", async () => {
    const names = [];
    let pageToken = "";
    do {
      const request = { parent: `${setting.unit}/applicants/-`, pageSize: 2, pageToken };
      const page = await applications.listApplications(request, as(setting.unitBearer));
      ok(page.applications.length <= 2, "too many on a page");
      names.push(...page.applications.map((each) => each.name));
      pageToken = page.nextPageToken;
    } while (pageToken);
    ok(names.includes(name) && names.length > 2 && new Set(names).size === names.length, `the pages hold ${names}`);
  });
  await check("is refused what is another's", async () => {
    const error = await refusal(applications.getApplication({ name }, as(setting.stranger)));
    expectRefusal(error, Code.PermissionDenied, "NOT_OWNER");
  });
  await check("is refused without credentials", async () => {
    expectRefusal(await refusal(applications.getApplication({ name })), Code.Unauthenticated, "CREDENTIALS_MISSING");
  });
  await check("is told that there is none", async () => {
    const error = await refusal(createClient(QuotaService, transport).getUnit({ name: "units/999999" }));
    expectRefusal(error, Code.NotFound, "UNIT_NOT_FOUND");
  });
  const last = await check("watches what happens", async () => {
    const stream = applications.watchEvents({}, { ...me, timeoutMs: 20_000 });
    const entry = await firstEvent(stream, (event) => event.type === "application.submitted");
    equal(entry.event.resource, name, "the resource");
    equal(typeof entry.sequence, "bigint", "the type of a 64-bit integer");
    equal(entry.event.time.seconds, receipt.submitTime.seconds, "the time");
    return entry;
  });
  await check("stops waiting at its deadline", async () => {
    const stream = applications.watchEvents({ resumeToken: last.resumeToken }, { ...me, timeoutMs: 700 });
    const error = await refusal(firstEvent(stream, () => false));
    equal(error.code, Code.DeadlineExceeded, "the code");
  });
}
