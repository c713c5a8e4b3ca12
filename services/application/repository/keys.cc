#include "services/application/repository/keys.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/resource_name/resource_name.h"

namespace jiebang::application::keys {
namespace {

using absl::StrCat;

std::string View(const char* states, const std::string& track) {
  return StrCat(states, "/", track.empty() ? "-" : track);
}

const char* StateKey(v1::Application::State state) {
  switch (state) {
    case v1::Application::STATE_SUBMITTED:
      return "submitted";
    case v1::Application::STATE_RETURNED:
      return "returned";
    case v1::Application::STATE_WITHDRAWN:
      return "withdrawn";
    default:
      return "draft";
  }
}

}  // namespace

std::string PartitionOfApplicant(const std::string& uscc) { return StrCat("applicants/", uscc); }

std::string PartitionOfProgramme(const std::string& programme) { return StrCat("programmes/", programme); }

std::string PartitionOfUnit(const std::string& programme, const std::string& unit) {
  return StrCat("programmes/", programme, "/units/", unit);
}

std::string PartitionOf(std::string_view resource) {
  const auto programme = IdIn(resource, "programmes");
  const auto unit = IdIn(resource, "units");
  if (programme.has_value() && unit.has_value()) return PartitionOfUnit(std::string(*programme), std::string(*unit));
  return PartitionOfApplicant(std::string(IdIn(resource, "applicants").value_or("")));
}

std::string IdOf(const ApplicationName& name) { return StrCat(name.parent.uscc, "/", name.application); }

std::string IdOf(const RevisionName& name) {
  return absl::StrFormat("%s/%010d", IdOf(name.application), name.number);  // ascending as numbers are
}

std::string ViewOf(v1::Application::State state, const std::string& track) { return View(StateKey(state), track); }
std::string ViewOfAll(const std::string& track) { return View("all", track); }
std::string ViewOfFiled(const std::string& track) { return View("filed", track); }

std::vector<std::string> ViewsOf(v1::Application::State state, const std::string& track) {
  std::vector<std::string> views;
  for (const std::string& tracks : {std::string(), track}) {
    views.push_back(ViewOfAll(tracks));
    views.push_back(ViewOf(state, tracks));
    if (state != v1::Application::STATE_DRAFT) views.push_back(ViewOfFiled(tracks));
  }
  return views;
}

}  // namespace jiebang::application::keys
