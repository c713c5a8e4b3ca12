#include "services/quota/webhooks/feed.h"

#include <iterator>
#include <utility>

#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "jiebang/application/v1/application_service.pb.h"

namespace jiebang::quota {
namespace {

constexpr absl::Duration kLongestRead = absl::Seconds(10);

identity::v1::Principal Subscriber(const WebhookName& webhook) {
  identity::v1::Principal principal;
  principal.set_subject(webhook.ToString());
  principal.add_roles(options::v1::ROLE_UNIT);
  principal.set_unit(webhook.unit);
  return principal;
}

template <class Request>
Request ToRequest(FeedQuery query) {
  Request request;
  request.set_resume_token(std::move(query.resume_token));
  request.set_from_now(query.from_now);
  return request;
}

template <class Response>
FeedPage ToPage(Response response) {
  FeedPage page{.resume_token = std::move(*response.mutable_resume_token())};
  page.entries.assign(std::make_move_iterator(response.mutable_entries()->begin()),
                      std::make_move_iterator(response.mutable_entries()->end()));
  return page;
}

}  // namespace

Task<absl::StatusOr<FeedPage>> ServiceFeed::Read(WebhookName webhook, FeedQuery query) {
  if (query.service == "application") {
    const auto request = ToRequest<application::v1::ListEventsRequest>(std::move(query));
    CO_ASSIGN_OR_RETURN(auto response, (co_await application_.AskAs<application::v1::ListEventsResponse>(
                                           Subscriber(webhook), kLongestRead,
                                           "/jiebang.application.v1.ApplicationService/ListEvents", request)));
    co_return ToPage(std::move(response));
  }
  const rpc::Call call({.principal = Subscriber(webhook),
                        .now = absl::Now(),
                        .deadline = absl::Now() + kLongestRead,
                        .method = "jiebang.quota.v1.QuotaService.ListEvents"});
  const auto request = ToRequest<v1::ListEventsRequest>(std::move(query));
  CO_ASSIGN_OR_RETURN(auto response, co_await own_(call, request));
  co_return ToPage(std::move(response));
}

}  // namespace jiebang::quota
