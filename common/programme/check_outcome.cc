// What must hold between stages, rubrics, publicity, lists and titles.
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "common/programme/checks.h"
#include "common/programme/one_per_track.h"

namespace jiebang::programme {
namespace {

class OutcomeChecks {
 public:
  explicit OutcomeChecks(const Programme& programme) : programme_(programme), proto_(programme.proto()) {}

  Findings Run() {
    for (int i = 0; i < proto_.stages_size(); ++i) CheckStage(proto_.stages(i), At("stages", i));
    for (int i = 0; i < proto_.rubrics_size(); ++i) CheckRubric(proto_.rubrics(i), At("rubrics", i));
    CheckTracksAreJudged();
    findings_.Append(OnePerTrack(proto_, proto_.publicities(), "publicities", "publicity period"));
    findings_.Append(OnePerTrack(proto_, proto_.list_layouts(), "list_layouts", "layout",
                                 [](const v1::ListLayout& layout) { return v1::ListKind_Name(layout.kind()); }));
    CheckTitles();
    return std::move(findings_);
  }

 private:
  void CheckStage(const v1::Stage& stage, const std::string& path) {
    if (stage.rubric().empty() == stage.has_panel()) {
      findings_.Add(path, "`rubric` and `panel` of a stage go together: experts score, or nobody does");
    }
    if (!stage.has_panel()) return;
    const v1::Panel& panel = stage.panel();
    if (panel.size() % 2 == 0)
      findings_.Add(Of(path, "panel.size"), absl::StrCat("`size` is ", panel.size(), ", wanted an odd number"));
    if (panel.quorum() > panel.size()) findings_.Add(Of(path, "panel.quorum"), "`quorum` is more than `size`");
    const v1::Rubric* rubric = programme_.FindRubric(stage.rubric());
    if (rubric != nullptr && 2 * rubric->aggregation().trimmed_each_end() >= panel.quorum()) {
      findings_.Add(Of(path, "panel.quorum"),
                    absl::StrCat("the rubric `", rubric->id(), "` trims as many scores as a quorum has"));
    }
  }

  void CheckRubric(const v1::Rubric& rubric, const std::string& path) {
    int sum = 0;
    for (int i = 0; i < rubric.criteria_size(); ++i) {
      const v1::Criterion& criterion = rubric.criteria(i);
      sum += criterion.weight_percent();
      if (criterion.weight_percent() == 0 && !criterion.veto()) {
        findings_.Add(Of(path, At("criteria", i)), "a criterion without weight must be a veto");
      }
    }
    if (sum != 100)
      findings_.Add(path, absl::StrCat("the weights of `", rubric.id(), "` sum to ", sum, " per cent, wanted 100"));
    const bool is_trimmed = rubric.aggregation().method() == v1::AGGREGATION_METHOD_TRIMMED_MEAN;
    if (is_trimmed != (rubric.aggregation().trimmed_each_end() > 0)) {
      findings_.Add(Of(path, "aggregation"),
                    "`trimmed_each_end` goes with AGGREGATION_METHOD_TRIMMED_MEAN, and only with it");
    }
    for (int i = 0; i < rubric.tie_keys_size(); ++i) {
      const std::string& id = rubric.tie_keys(i).criterion();
      const auto is_it = [&](const v1::Criterion& criterion) { return criterion.id() == id; };
      if (!id.empty() && absl::c_none_of(rubric.criteria(), is_it)) {
        findings_.Add(Of(Of(path, At("tie_keys", i)), "criterion"),
                      absl::StrCat("the rubric has no criterion `", id, "`"));
      }
    }
    for (int i = 1; i < rubric.bands_size(); ++i) {
      if (rubric.bands(i).least_score_hundredths() >= rubric.bands(i - 1).least_score_hundredths()) {
        findings_.Add(Of(path, At("bands", i)), "bands stand in descending order");
      }
    }
  }

  void CheckTracksAreJudged() {
    for (int i = 0; i < proto_.tracks_size(); ++i) {
      const v1::Track& track = proto_.tracks(i);
      if (track.described_only()) continue;
      if (programme_.StagesFor(track.id()).empty()) {
        findings_.Add(At("tracks", i), absl::StrCat("no stage judges the track `", track.id(), "`"));
      }
      if (programme_.PublicityFor(track.id()) == nullptr) {
        findings_.Add(At("tracks", i), absl::StrCat("no publicity period for the track `", track.id(), "`"));
      }
    }
  }

  void CheckTitles() {
    findings_.Append(OnePerTrack(proto_, proto_.titles(), "titles", "title",
                                 [](const v1::Title& title) { return v1::HonourState_Name(title.granted_on()); }));
    for (int i = 0; i < proto_.titles_size(); ++i) {
      const v1::Title& title = proto_.titles(i);
      const std::string at = At("titles", i);
      if (title.granted_on() != v1::HONOUR_STATE_LISTED && title.granted_on() != v1::HONOUR_STATE_ACCEPTED) {
        findings_.Add(Of(at, "granted_on"), "a title is granted when listed or when accepted");
      }
      if (title.follows() == title.id()) findings_.Add(Of(at, "follows"), "a title does not follow itself");
    }
  }

  const Programme& programme_;
  const v1::Programme& proto_;
  Findings findings_;
};

}  // namespace

Findings CheckOutcome(const Programme& programme) { return OutcomeChecks(programme).Run(); }

}  // namespace jiebang::programme
