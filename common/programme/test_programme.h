// A small programme that is right in everything, for tests to ask and to break. As a notice it is nonsense.
#ifndef JIEBANG_COMMON_PROGRAMME_TEST_PROGRAMME_H_
#define JIEBANG_COMMON_PROGRAMME_TEST_PROGRAMME_H_

namespace jiebang::programme {

inline constexpr char kTestProgramme[] = R"text(
id: "small"
name { zh: "小" en: "Small" }
year: 2023
level: GOVERNMENT_LEVEL_NATIONAL
notices {
  number: "一号"
  title { zh: "通知" en: "Notice" }
  issuers { zh: "部" en: "Ministry" }
  issued_on: "2023-07-28"
}
tracks {
  id: "factory"
  name { zh: "工厂" en: "Factory" }
  clause { document: "一号" section: "一" }
  applicant_kind: APPLICANT_KIND_ENTERPRISE
}
tracks {
  id: "chain"
  name { zh: "供应链" en: "Supply chain" }
  clause { document: "一号" section: "一" }
  applicant_kind: APPLICANT_KIND_ENTERPRISE
  extends: "factory"
}
tracks {
  id: "zone"
  name { zh: "先行区" en: "Zone" }
  clause { document: "一号" section: "一" }
  applicant_kind: APPLICANT_KIND_REGION
  described_only: true
}
industry_families {
  id: "raw"
  name { zh: "原材料" en: "Raw materials" }
  clause { document: "一号" section: "二" }
  sub_sectors { id: "chemicals" name { zh: "化工" en: "Chemicals" } codes: "26" }
  sub_sectors { id: "explosives" name { zh: "民爆" en: "Explosives" } codes: "2671" }
}
catalogue {
  id: "catalogue"
  name { zh: "指引" en: "Guide" }
  clause { document: "一号" section: "附件1" }
  links {
    id: "design"
    number: 1
    name { zh: "设计" en: "Design" }
    scenarios { id: "drawing" number: 1 name { zh: "画" en: "Drawing" } }
  }
  links {
    id: "making"
    number: 2
    name { zh: "制造" en: "Making" }
    scenarios { id: "milling" number: 2 name { zh: "铣" en: "Milling" } }
    scenarios { id: "welding" number: 3 name { zh: "焊" en: "Welding" } }
  }
  areas {
    id: "shop"
    name { zh: "车间" en: "Shop" }
    clause { document: "一号" section: "附件1" }
    links: "making"
  }
  link_sets {
    id: "all-links"
    name { zh: "全部" en: "All" }
    clause { document: "一号" section: "附件1" }
    links: ["design", "making"]
  }
}
models {
  id: "model"
  kind: MODEL_KIND_MATURITY
  name { zh: "模型" en: "Model" }
  clause { document: "一号" section: "二" }
}
indicator_lists {
  id: "kpi"
  name { zh: "指标" en: "Indicators" }
  clause { document: "一号" section: "附件2" }
  groups {
    id: "all"
    name { zh: "全部" en: "All" }
    indicators {
      id: "yield"
      number: 1
      name { zh: "良率" en: "Yield" }
      unit: "%"
      direction: DIRECTION_HIGHER_IS_BETTER
    }
  }
}
rules {
  id: "level-2"
  clause { document: "一号" section: "二" }
  text { zh: "二级及以上。" en: "Level 2 or above." }
  tracks: "factory"
  strength: STRENGTH_ERROR
  maturity { model: "model" least_level: 2 }
}
rules {
  id: "coverage"
  clause { document: "一号" section: "二" }
  text { zh: "覆盖。" en: "Coverage." }
  tracks: "chain"
  strength: STRENGTH_WARNING
  coverage { least_links: 2 areas: "shop" link_set_minimums { link_set: "all-links" least: 1 } }
}
rules {
  id: "honest"
  clause { ours: true note: "Nobody asked." }
  text { zh: "真实。" en: "True." }
  strength: STRENGTH_DECLARATION
  declaration { statement { zh: "真实。" en: "True." } }
}
deadlines {
  id: "filing"
  clause { document: "一号" section: "三" }
  text { zh: "申报。" en: "File." }
  act: ACT_FILE
  last_day: "2023-08-31"
}
deadlines {
  id: "recommending"
  clause { document: "一号" section: "三" }
  text { zh: "推荐。" en: "Recommend." }
  act: ACT_RECOMMEND
  last_day: "2023-09-15"
  last_time: "17:00"
}
unit_categories {
  id: "province"
  name { zh: "省" en: "Province" }
  clause { document: "一号" section: "三" }
}
units { id: "610000" name { zh: "陕西" en: "Shaanxi" } category: "province" place: "610000" }
routes {
  id: "all"
  clause { document: "一号" section: "三" }
  text { zh: "按地。" en: "By place." }
  applicants: ROUTED_APPLICANTS_ALL
  by_place { unit_categories: "province" }
}
quotas {
  id: "quota"
  clause { document: "一号" section: "三" }
  text { zh: "15个。" en: "15." }
  tracks: "factory"
  unit_category: "province"
  limit: 15
}
quotas {
  id: "quota-over-300"
  clause { document: "一号" section: "三" }
  text { zh: "20个。" en: "20." }
  tracks: "factory"
  unit_category: "province"
  when { attribute: "cumulative_provincial_projects" more_than: 300 }
  limit: 20
}
quotas {
  id: "quota-shaanxi"
  clause { document: "一号" section: "三" }
  text { zh: "9个。" en: "9." }
  tracks: "factory"
  unit: "610000"
  limit: 9
}
stages {
  id: "review"
  clause { document: "一号" section: "三" }
  text { zh: "评审。" en: "Review." }
  kind: STAGE_KIND_ONLINE_REVIEW
  rubric: "sheet"
  panel { clause { ours: true note: "Odd." } size: 3 quorum: 3 conflicts: CONFLICT_DECLARED }
}
rubrics {
  id: "sheet"
  clause { ours: true note: "Two halves." }
  name { zh: "表" en: "Sheet" }
  max_points: 100
  criteria { id: "novelty" name { zh: "新" en: "Novelty" } weight_percent: 60 }
  criteria { id: "use" name { zh: "用" en: "Use" } weight_percent: 40 }
  aggregation { method: AGGREGATION_METHOD_TRIMMED_MEAN trimmed_each_end: 1 }
  tie_keys { criterion: "use" }
}
publicities {
  clause { ours: true note: "As usual." }
  text { zh: "公示。" en: "Publicity." }
  days: 5
  day_kind: DAY_KIND_WORKING
}
list_layouts {
  id: "summary"
  clause { document: "一号" section: "附件3" }
  title { zh: "汇总表" en: "Summary" }
  kind: LIST_KIND_RECOMMENDATION
  columns { heading { zh: "序号" en: "No." } known: COLUMN_CONTENT_SEQUENCE }
  columns { heading { zh: "概况" en: "Summary" } field: "summary" }
}
titles {
  id: "task"
  clause { document: "一号" section: "四" }
  name { zh: "揭榜单位" en: "Task holder" }
  tracks: "factory"
  granted_on: HONOUR_STATE_LISTED
  years_to_build: 2
}
form_sections {
  id: "project"
  clause { document: "一号" section: "附件4" }
  title { zh: "项目" en: "Project" }
  fields { id: "summary" label { zh: "概况" en: "Summary" } type: FIELD_TYPE_PARAGRAPHS }
}
)text";

}  // namespace jiebang::programme

#endif  // JIEBANG_COMMON_PROGRAMME_TEST_PROGRAMME_H_
