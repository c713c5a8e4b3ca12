// What reports call things, in both languages.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_WORDING_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_WORDING_H_

#include <string>
#include <vector>

#include "jiebang/maturity/v1/assessment.pb.h"
#include "jiebang/maturity/v1/model.pb.h"
#include "jiebang/maturity/v1/object.pb.h"

namespace jiebang::maturity {

struct Wording {
  std::string zh;
  std::string en;

  // Chinese first.
  std::string Both() const { return en.empty() ? zh : zh + " " + en; }
};

// 二级, Level 2; of level 0 未达一级, Below level 1.
Wording LevelNumber(int level);

// 规范级, Normative (GB/T 39116-2020, chapter 5); of level 0 empty.
Wording LevelName(int level);

// As the model's scale names it; of what it does not name, as GB/T 39117-2020 does. 未作答, Not answered.
Wording DegreeName(const v1::Model& model, v1::Degree degree);

// Empty where nothing was said.
Wording EvidenceDegreeName(v1::Answer::EvidenceDegree degree);

Wording TypeName(v1::ManufacturingType type);
Wording KindName(v1::AssessmentObject::Kind kind);
Wording SizeName(v1::EnterpriseSize size);
Wording StateName(v1::Assessment::State state);

// A sentence for each rule by which the figures were computed.
std::vector<Wording> RulesOf(const v1::Model& model);

// What a reader must know of every figure.
Wording SelfAssessmentCaveat();

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_WORDING_H_
