// Where the records of this service stand.
//
//   partition                       table        id                              value
//   applicants/{uscc}               applicant    {uscc}                          Applicant
//   applicants/{uscc}               unit         {programme}/{unit}              -, through which units it has drafts
//   programmes/{programme}          unit         {unit}                          -, through which units was filed
//   programmes/{p}/units/{u}        application  {uscc}/{application}            Application
//   programmes/{p}/units/{u}        summary      {uscc}/{application}            Application without texts
//   programmes/{p}/units/{u}        listing      {view}/{uscc}/{application}     -, see Views
//   programmes/{p}/units/{u}        revision     {uscc}/{application}/{number}   Revision
//   programmes/{p}/units/{u}        filed        {uscc}                          -, changes with each filing
#ifndef JIEBANG_SERVICES_APPLICATION_REPOSITORY_KEYS_H_
#define JIEBANG_SERVICES_APPLICATION_REPOSITORY_KEYS_H_

#include <string>
#include <string_view>
#include <vector>

#include "jiebang/application/v1/application.pb.h"
#include "services/application/domain/application_name.h"

namespace jiebang::application::keys {

inline constexpr char kApplicant[] = "applicant";
inline constexpr char kUnit[] = "unit";
inline constexpr char kApplication[] = "application";
inline constexpr char kSummary[] = "summary";
inline constexpr char kListing[] = "listing";
inline constexpr char kRevision[] = "revision";
inline constexpr char kFiled[] = "filed";

std::string PartitionOfApplicant(const std::string& uscc);
std::string PartitionOfProgramme(const std::string& programme);
std::string PartitionOfUnit(const std::string& programme, const std::string& unit);

// The partition that a write to this resource commits to: of an application, of its parent, or of an applicant.
std::string PartitionOf(std::string_view resource);

// `{uscc}/{application}`: what an applicant has stands together, in the order of the names.
std::string IdOf(const ApplicationName& name);
std::string IdOf(const RevisionName& name);

// A view is a list that somebody asks for: by state, and by track or over all tracks ("-"). Every application stands in
// the views of "all" and of its state, and from its first filing on in those of "filed", which are what everybody but
// the applicant sees.
std::string ViewOf(v1::Application::State state, const std::string& track);
std::string ViewOfAll(const std::string& track);
std::string ViewOfFiled(const std::string& track);

// The views in which an application in this state stands.
std::vector<std::string> ViewsOf(v1::Application::State state, const std::string& track);

}  // namespace jiebang::application::keys

#endif  // JIEBANG_SERVICES_APPLICATION_REPOSITORY_KEYS_H_
