// The parts of two notices that this service acts on, for tests: routes, quotas and the deadline of recommending.
#ifndef JIEBANG_SERVICES_QUOTA_DOMAIN_NOTICES_FOR_TEST_H_
#define JIEBANG_SERVICES_QUOTA_DOMAIN_NOTICES_FOR_TEST_H_

#include <cstdlib>
#include <memory>
#include <string>

#include "common/programme/programme.h"
#include "google/protobuf/text_format.h"

namespace jiebang::quota {

// 工信厅联通装函〔2023〕212号, of which 智慧供应链 is a factory and more (附件2).
inline constexpr char kNotice2023[] = R"pb(
  id: "pilot-demonstration-2023"
  tracks {
    id: "excellent-scenario"
    name { zh: "智能制造优秀场景" en: "excellent scenario" }
  }
  tracks {
    id: "demonstration-factory"
    name { zh: "智能制造示范工厂" en: "demonstration factory" }
  }
  tracks {
    id: "smart-supply-chain"
    name { zh: "智慧供应链" en: "smart supply chain" }
    extends: "demonstration-factory"
  }
  tracks { id: "pilot-zone" described_only: true }
  deadlines {
    id: "recommending"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（二）" }
    act: ACT_RECOMMEND
    last_day: "2023-09-15"
  }
  routes {
    id: "central"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（三）" }
    applicants: ROUTED_APPLICANTS_CENTRAL
    by_group { unit_category: "central-group" }
  }
  routes {
    id: "local"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（二）" }
    applicants: ROUTED_APPLICANTS_NOT_CENTRAL
    by_place { unit_categories: "province" unit_categories: "separate-plan-city" unit_categories: "corps" }
  }
  quotas {
    id: "scenario-province"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "各省（区、市）优秀场景30个" en: "30 scenarios a province" }
    tracks: "excellent-scenario"
    unit_category: "province"
    limit: 30
  }
  quotas {
    id: "scenario-large-province"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "累计超过300个的省（区、市）优秀场景40个" en: "40 scenarios above 300 projects" }
    tracks: "excellent-scenario"
    unit_category: "province"
    when { attribute: "cumulative_provincial_projects" more_than: 300 }
    limit: 40
  }
  quotas {
    id: "factory-province"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "各省（区、市）示范工厂15个" en: "15 factories a province" }
    tracks: "demonstration-factory"
    unit_category: "province"
    limit: 15
  }
  quotas {
    id: "factory-large-province"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "累计超过300个的省（区、市）示范工厂20个" en: "20 factories above 300 projects" }
    tracks: "demonstration-factory"
    unit_category: "province"
    when { attribute: "cumulative_provincial_projects" more_than: 300 }
    limit: 20
  }
  quotas {
    id: "scenario-separate"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "计划单列市10个" en: "10" }
    tracks: "excellent-scenario"
    unit_category: "separate-plan-city"
    limit: 10
  }
  quotas {
    id: "factory-separate"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "计划单列市5个" en: "5" }
    tracks: "demonstration-factory"
    unit_category: "separate-plan-city"
    limit: 5
  }
  quotas {
    id: "scenario-corps"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "兵团10个" en: "10" }
    tracks: "excellent-scenario"
    unit_category: "corps"
    limit: 10
  }
  quotas {
    id: "factory-corps"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "兵团5个" en: "5" }
    tracks: "demonstration-factory"
    unit_category: "corps"
    limit: 5
  }
  quotas {
    id: "scenario-group"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "中央企业集团10个" en: "10" }
    tracks: "excellent-scenario"
    unit_category: "central-group"
    limit: 10
  }
  quotas {
    id: "factory-group"
    clause { document: "工信厅联通装函〔2023〕212号" section: "三（四）" }
    text { zh: "中央企业集团5个" en: "5" }
    tracks: "demonstration-factory"
    unit_category: "central-group"
    limit: 5
  }
)pb";

// 陕工信发〔2024〕262号.
inline constexpr char kShaanxi2024[] = R"pb(
  id: "shaanxi-smart-factory-2024"
  tracks {
    id: "excellent"
    name { zh: "卓越级智能工厂" en: "excellent smart factory" }
  }
  deadlines {
    id: "recommending"
    clause { document: "陕工信发〔2024〕262号" section: "二（三）" }
    act: ACT_RECOMMEND
    last_day: "2024-11-22"
  }
  units { id: "610100" category: "city" place: "610100" }
  units { id: "610300" category: "city" place: "610300" }
  units { id: "610400" category: "city" place: "610400" }
  units { id: "610403" category: "city" place: "610403" }
  routes {
    id: "local"
    clause { document: "陕工信发〔2024〕262号" section: "二（二）" }
    applicants: ROUTED_APPLICANTS_ALL
    by_place { unit_categories: "city" }
  }
  quotas {
    id: "xian"
    clause { document: "陕工信发〔2024〕262号" section: "二（二）" }
    text { zh: "西安不超过15个" en: "Xi'an 15" }
    tracks: "excellent"
    unit: "610100"
    limit: 15
  }
  quotas {
    id: "baoji"
    clause { document: "陕工信发〔2024〕262号" section: "二（二）" }
    text { zh: "宝鸡不超过8个" en: "Baoji 8" }
    tracks: "excellent"
    unit: "610300"
    limit: 8
  }
  quotas {
    id: "xianyang"
    clause { document: "陕工信发〔2024〕262号" section: "二（二）" }
    text { zh: "咸阳不超过5个" en: "Xianyang 5" }
    tracks: "excellent"
    unit: "610400"
    limit: 5
  }
  quotas {
    id: "others"
    clause { document: "陕工信发〔2024〕262号" section: "二（二）" }
    text { zh: "其他市区不超过3个" en: "others 3" }
    tracks: "excellent"
    unit_category: "city"
    limit: 3
  }
)pb";

inline std::shared_ptr<const programme::Programme> NoticeForTest(const char* text) {
  programme::v1::Programme proto;
  if (!google::protobuf::TextFormat::ParseFromString(text, &proto)) std::abort();
  return std::make_shared<const programme::Programme>(std::move(proto));
}

}  // namespace jiebang::quota

#endif  // JIEBANG_SERVICES_QUOTA_DOMAIN_NOTICES_FOR_TEST_H_
