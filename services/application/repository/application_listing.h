// Lists applications in the order of their names, page by page.
#ifndef JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICATION_LISTING_H_
#define JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICATION_LISTING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/async/task.h"
#include "common/store/store.h"
#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/application_name.h"

namespace jiebang::application {

struct ListQuery {
  ApplicationParent parent;                                           // "-": of every unit, of every applicant
  bool includes_drafts = false;                                       // otherwise from the first filing on
  v1::Application::State state = v1::Application::STATE_UNSPECIFIED;  // unspecified: any
  std::string track;                                                  // empty: any
  std::string industry_prefix;                                        // empty: any
};

struct ApplicationPage {
  std::vector<v1::Application> applications;  // without texts
  std::string next;                           // where to go on; empty: nothing follows
};

// Thread-safe. What a page costs is bounded: one that has to pass over much that does not fit comes back short, with
// where to go on.
class ApplicationListing {
 public:
  explicit ApplicationListing(store::Store& store) : store_(store) {}

  // At most `size` of what the query asks for, after `position`: "" or the last page's `next`.
  Task<absl::StatusOr<ApplicationPage>> Page(ListQuery query, std::string position, int size) const;

  // About how many the query asks for; the industry is not looked at, and beyond 100,000 it stops counting.
  Task<absl::StatusOr<std::int64_t>> Estimate(ListQuery query) const;

 private:
  struct Walk;

  // The first unit after `unit` ("": the first of all) that the query goes through; nullopt: none.
  Task<absl::StatusOr<std::optional<std::string>>> NextUnit(const ListQuery& query, std::string unit) const;

  // Takes the next few of the walk's unit. True when the unit has no more.
  Task<absl::StatusOr<bool>> TakeSome(const ListQuery& query, Walk& walk) const;

  store::Store& store_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_REPOSITORY_APPLICATION_LISTING_H_
