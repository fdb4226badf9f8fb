#include "duty_internal.h"

#include "notice/policy_internal.h"
#include "base/base_internal.h"
#include "city/city_internal.h"

#include <string.h>

_Static_assert(PILOT_DUTY_MATTER_COUNT <= 64, "a matter has to fit a bit of pilot_duty.matters");
_Static_assert((int)PILOT_DUTY_ROAD_UPKEEP == (int)PILOT_ROAD_UPKEEP &&
                   (int)PILOT_DUTY_OTHER_PUBLIC_SERVICE == (int)PILOT_OTHER_PUBLIC_SERVICE,
               "a public service has the same number as a matter");

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define ON(matter) PILOT_DUTY_BIT(PILOT_DUTY_##matter)

/* 3.2-5b and 4.3-4; their list of six stays open. */
#define PUBLIC_SERVICES                                                                                 \
    (ON(ROAD_UPKEEP) | ON(GREENERY) | ON(STREET_LIGHTS) | ON(PUBLIC_TOILETS) | ON(MUNICIPAL_PIPES) |    \
     ON(SEPTIC_TANKS) | ON(OTHER_PUBLIC_SERVICE))
/* Beyond the gate every service is a public one (1-3), and the upkeep of roads includes cleaning. */
#define SERVICES_OUTSIDE (PUBLIC_SERVICES | ON(SANITATION))
/* Within it the same work, and the guards, are what a contract can take in (4.3-2, 4.3-3). */
#define SERVICES_INSIDE (SERVICES_OUTSIDE | ON(PROPERTY_SERVICE) | ON(SECURITY_WORK))

/* Whom 3.2-5e to 3.2-11 make competent, so that residents can turn to them by 4.3-14. */
#define OF_CITY_MANAGEMENT                                                                              \
    (ON(SANITATION) | ON(OUTDOOR_ADVERTISING) | ON(ILLEGAL_BUILDING) | ON(DISORDERLY_PARKING) |         \
     ON(DAMAGE_TO_GREENERY) | ON(UNLICENSED_STALLS) | ON(OTHER_CITY_MANAGEMENT))
#define OF_POLICE                                                                                       \
    (ON(SECURITY_WORK) | ON(SECURITY_FACILITIES) | ON(PUBLIC_ORDER) | ON(GUARDS) |                      \
     ON(MIGRANT_POPULATION) | ON(FIREWORKS) | ON(DOGS))
#define OF_FIRE_BRIGADE (ON(FIRE_FACILITIES) | ON(FIRE_LANES) | ON(BIKE_CHARGING))
/* What residents live with. The scheme's own paperwork is nothing they would report. */
#define OF_RESIDENTS                                                                                    \
    (SERVICES_INSIDE | OF_CITY_MANAGEMENT | OF_POLICE | OF_FIRE_BRIGADE | ON(PARKING_BAYS) |            \
     ON(PARKING_FEES) | ON(PRICE_MARKING) | ON(CONSTRUCTION) | ON(NATURAL_RESOURCES) |                  \
     ON(ENVIRONMENT) | ON(EMERGENCIES) | ON(GRID) | ON(RESIDENTS_REPORTS) | ON(PROPERTY_FEE) |          \
     ON(PROPERTY_DISPUTES))

#define SIDE_EITHER PILOT_SIDE_UNKNOWN
#define SIDE_INSIDE PILOT_INSIDE
#define SIDE_OUTSIDE PILOT_OUTSIDE

#define DUTY(clause_, matters_, role_, actor_, side_, order_, due_, zh_, en_)                           \
    .clause = clause_, .matters = matters_, .role = PILOT_##role_, .actor = PILOT_ACTOR_##actor_,       \
    .side = SIDE_##side_, .order = order_, .due = PILOT_DUE_##due_, .zh = zh_, .en = en_
#define RANK(clause_, matters_, role_, actor_, side_, order_, due_, zh_, en_)                           \
    {                                                                                                   \
        DUTY(clause_, matters_, role_, actor_, side_, order_, due_, zh_, en_)                           \
    }
/* One body. */
#define ROW(clause_, matters_, role_, actor_, side_, due_, zh_, en_)                                    \
    RANK(clause_, matters_, role_, actor_, side_, 1, due_, zh_, en_)
/* A community acts through its two bodies. */
#define COMMUNITY(clause_, matters_, role_, side_, due_, zh_, en_)                                      \
    RANK(clause_, matters_, role_, WORKSTATION, side_, 2, due_, zh_, en_),                              \
        RANK(clause_, matters_, role_, RESIDENTS_COMMITTEE, side_, 3, due_, zh_, en_)
/* Street, or township, and community. */
#define LOCAL(clause_, matters_, role_, side_, due_, zh_, en_)                                          \
    RANK(clause_, matters_, role_, STREET, side_, 1, due_, zh_, en_),                                   \
        COMMUNITY(clause_, matters_, role_, side_, due_, zh_, en_)
/* The departments that 4.3-12 names. */
#define GRID_DEPARTMENTS(clause_, matters_, role_, zh_, en_)                                            \
    ROW(clause_, matters_, role_, PUBLIC_SECURITY_BUREAU, EITHER, NONE, zh_, en_),                      \
        ROW(clause_, matters_, role_, FIRE_BRIGADE, EITHER, NONE, zh_, en_),                            \
        ROW(clause_, matters_, role_, CITY_MANAGEMENT_BUREAU, EITHER, NONE, zh_, en_),                  \
        ROW(clause_, matters_, role_, ENVIRONMENT_BUREAU, EITHER, NONE, zh_, en_)
/* A pilot project has no body of its own; these three act for it. */
#define PROJECT(clause_, matters_, role_, zh_, en_)                                                     \
    RANK(clause_, matters_, role_, ASSEMBLY, EITHER, 1, NONE, zh_, en_),                                \
        RANK(clause_, matters_, role_, COMMITTEE, EITHER, 2, NONE, zh_, en_),                           \
        RANK(clause_, matters_, role_, PROVIDER, EITHER, 3, NONE, zh_, en_)

/* The staff of the leading group's office (3.1-3), and the departments that work together (6.3). */
#define LENDS(actor_)                                                                                   \
    ROW("3.1-3", ON(LEADING_GROUP), ASSISTS, actor_, EITHER, NONE, "向领导小组办公室选派工作人员。",    \
        "Lends staff to the leading group's office.")
#define JOINS(actor_)                                                                                   \
    ROW("6.3", ON(STEERING), ASSISTS, actor_, EITHER, NONE, "与其他部门齐抓共管，共同推进试点。",       \
        "Works with the other departments for the pilot.")

/* Nothing here repeats a number or a date of the notice: those are the policy's. */
static const pilot_duty table[] = {
    ROW("2-3", ON(SITE_SELECTION), DECIDES, DISTRICT_GOVERNMENT, EITHER, SELECTION,
        "在本区选取规定数量的试点社区。",
        "Picks as many pilot communities in its district as it has to."),
    ROW("2-6", ON(EXPERIENCE), PERFORMS, LEADING_GROUP_OFFICE, EITHER, NONE,
        "总结可在全市推广的经验做法。", "Writes up, after the pilot, what the whole city can repeat."),
    ROW("2-6", ON(EXPERIENCE), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE, "总结本区可推广的经验做法。",
        "Writes up, after the pilot, what worked in its district."),

    ROW("3-1", ON(STEERING), DECIDES, CITY_LEADING_GROUP, EITHER, NONE,
        "统筹协调试点，研究解决重大问题。", "Steers the pilot and settles its major problems."),
    ROW("3.1-1", ON(LEADING_GROUP), PERFORMS, CITY_LEADING_GROUP, EITHER, NONE,
        "由组长、副组长和成员组成，各单位派员参加。",
        "Sits with a head, deputies and members from its bodies."),
    ROW("3.1-2", ON(LEADING_GROUP), PERFORMS, HOUSING_BUREAU, EITHER, NONE,
        "设置领导小组办公室，由副局长兼任主任。",
        "Houses the leading group's office and provides its head."),
    LENDS(HOUSING_BUREAU),
    LENDS(CITY_MANAGEMENT_BUREAU),
    LENDS(CIVIL_AFFAIRS_BUREAU),
    LENDS(PUBLIC_SECURITY_BUREAU),
    LENDS(TRAFFIC_POLICE),
    LENDS(FIRE_BRIGADE),
    LENDS(FINANCE_BUREAU),

    ROW("3.2-2a", ON(PILOT_SCHEME), PERFORMS, LEADING_GROUP_OFFICE, EITHER, NONE,
        "起草试点方案，拟订配套政策。", "Drafts the pilot scheme and the policies that go with it."),
    ROW("3.2-2b", ON(STEERING), DECIDES, LEADING_GROUP_OFFICE, EITHER, NONE,
        "分解目标任务，界定职责分工。", "Turns the targets into tasks and sets out who does what."),
    ROW("3.2-2c", ON(STEERING), PERFORMS, LEADING_GROUP_OFFICE, EITHER, NONE, "在全市组织推进试点。",
        "Gets the pilot going across the city."),
    ROW("3.2-2d", ON(STEERING), COORDINATES, LEADING_GROUP_OFFICE, EITHER, NONE,
        "统筹协调新模式推行中的问题。",
        "Brings the parties together where the new model meets problems."),
    ROW("3.2-2e", ON(STEERING), SUPERVISES, LEADING_GROUP_OFFICE, EITHER, NONE,
        "督促有关单位和属地政府完成工作任务。",
        "Presses units and local governments to finish their tasks."),
    ROW("3.2-2f", ON(ASSESSMENT), DECIDES, LEADING_GROUP_OFFICE, EITHER, ASSESSMENT,
        "考核试点，评定绩效。", "Assesses the pilots and rates them."),
    ROW("3.2-2f", ON(EXPERIENCE), PERFORMS, LEADING_GROUP_OFFICE, EITHER, NONE, "总结全市试点的经验。",
        "Draws up what the city's pilots have taught."),
    ROW("3.2-3a", ON(LEADING_GROUP), PERFORMS, CITY_LEADING_GROUP, EITHER, NONE,
        "一般每季度开一次成员会议。", "Meets once a quarter as a rule."),
    ROW("3.2-3b", ON(LEADING_GROUP), DECIDES, CITY_LEADING_GROUP, EITHER, NONE,
        "工作有需要时可另行开会。", "May meet at other times when the work needs it."),
    ROW("3.2-4a", ON(OWNERS_ASSEMBLY) | ON(OWNERS_COMMITTEE), GUIDES, HOUSING_BUREAU, EITHER, NONE,
        "对成立业主大会和业主委员会作业务指导。",
        "Advises on forming owners' assemblies and committees."),
    ROW("3.2-4b", SERVICES_INSIDE, SUPERVISES, DISTRICT_HOUSING, INSIDE, NONE,
        "督促服务企业做好“门”内服务。", "Holds the service provider to good service inside the gate."),
    ROW("3.2-4b", SERVICES_INSIDE, GUIDES, HOUSING_BUREAU, INSIDE, NONE, "指导区房管部门督促服务企业。",
        "Guides the district housing department in supervising the provider."),
    ROW("3.2-5a", ON(REMEDIATION), DECIDES, CITY_MANAGEMENT_BUREAU, EITHER, REMEDIATION,
        "组织开展社区环境综合整治，组织验收。", "Organises the remediation and its acceptance."),
    ROW("3.2-5b", PUBLIC_SERVICES, COORDINATES, CITY_MANAGEMENT_BUREAU, OUTSIDE, NONE,
        "统筹“门”外的各项公共服务。", "Coordinates the public services outside the gate."),
    /* Overall charge of a service takes in seeing that it is done: nobody else is named for that. */
    ROW("3.2-5b", PUBLIC_SERVICES, SUPERVISES, CITY_MANAGEMENT_BUREAU, OUTSIDE, NONE,
        "统筹“门”外基础设施的维护管理，督促落实。",
        "Is in overall charge of that upkeep, and so sees that it is done."),
    ROW("3.2-5c", ON(SERVICE_HANDOVER), PERFORMS, CITY_MANAGEMENT_BUREAU, OUTSIDE, NONE,
        "将社区范围内的公共服务职责下沉至街道（乡镇）社区。",
        "Hands the public services on to sub-district and community."),
    ROW("3.2-5d", ON(PUBLIC_SERVICE_MONEY), PERFORMS, CITY_MANAGEMENT_BUREAU, OUTSIDE, NONE,
        "职责下沉时，经费一并统筹划拨。",
        "Sees that the budget goes to sub-district and community with the duty."),
    ROW("3.2-5d", ON(PUBLIC_SERVICE_MONEY), PAYS, FINANCE_BUREAU, OUTSIDE, NONE,
        "随职责划拨市级工作经费。", "Pays the city's part of the budget that goes with the duty."),
    RANK("3.2-5d", ON(PUBLIC_SERVICE_MONEY), PAYS, DISTRICT_GOVERNMENT, OUTSIDE, 2, NONE,
         "随职责划拨区级工作经费。", "Pays the district's part of the budget that goes with the duty."),
    ROW("3.2-5e", ON(SANITATION), SUPERVISES, CITY_MANAGEMENT_BUREAU, EITHER, NONE,
        "检查、监督服务区域的环境卫生。", "Inspects how clean the service area is kept."),
    ROW("3.2-5e", ON(SANITATION), GUIDES, CITY_MANAGEMENT_BUREAU, EITHER, NONE,
        "指导服务区域做好环境卫生。", "Advises on keeping the service area clean."),
    ROW("3.2-5f", ON(OUTDOOR_ADVERTISING), SUPERVISES, CITY_MANAGEMENT_BUREAU, EITHER, NONE,
        "加强户外广告设施的日常管理和安全检查。",
        "Oversees outdoor advertising and checks that it is safe."),
    ROW("3.2-5g",
        ON(ILLEGAL_BUILDING) | ON(DISORDERLY_PARKING) | ON(DAMAGE_TO_GREENERY) | ON(UNLICENSED_STALLS),
        SUPERVISES, CITY_MANAGEMENT_BUREAU, EITHER, NONE,
        "查处违章搭建、车辆乱停乱放、破坏公共绿化和乱设摊点。",
        "Acts against unlawful building, disorderly parking, harm to public greenery and stray stalls."),
    ROW("3.2-5h", ON(OTHER_CITY_MANAGEMENT), PERFORMS, CITY_MANAGEMENT_BUREAU, EITHER, NONE,
        "履行职责范围内的其他公共服务和管理职责。",
        "Does the other public service and administration in its remit."),
    ROW("3.2-6a", ON(SELF_GOVERNMENT), GUIDES, CIVIL_AFFAIRS_BUREAU, EITHER, NONE,
        "指导居民委员会开展居民自治。", "Guides residents' committees in self-government."),
    ROW("3.2-6b", ON(PART_TIME_POSTS), COORDINATES, CIVIL_AFFAIRS_BUREAU, EITHER, NONE,
        "组织业主委员会成员按规定程序到工作站兼职。",
        "Arranges by due procedure that committee members work part-time at the workstation."),
    ROW("3.2-6c", ON(NEIGHBOURHOOD_CENTRE), SUPERVISES, CIVIL_AFFAIRS_BUREAU, EITHER, NONE,
        "将物业服务纳入邻里中心考评体系。",
        "Counts property service when it rates neighbourhood centres."),
    ROW("3.2-7a", ON(PUBLIC_SERVICE_MONEY), PERFORMS, FINANCE_BUREAU, OUTSIDE, NONE,
        "统筹划拨公共服务资金。", "Plans the money for public services and pays it out."),
    ROW("3.2-7b", ON(REWARD), PERFORMS, FINANCE_BUREAU, EITHER, NONE, "落实安排奖励专项资金。",
        "Makes sure that the fund for rewards is there."),
    ROW("3.2-7c", ON(REWARD), PERFORMS, FINANCE_BUREAU, EITHER, NONE, "根据考核结果及时拨付奖励资金。",
        "Pays out rewards without delay once an assessment is made."),
    ROW("3.2-8", ON(PRICE_MARKING) | ON(PROPERTY_FEE) | ON(PARKING_FEES), SUPERVISES,
        MARKET_SUPERVISION_BUREAU, EITHER, NONE, "监管物业服务费、停车费等收费的明码标价。",
        "Checks that prices are posted for property fees, parking fees and other charges."),
    ROW("3.2-9a", ON(SECURITY_WORK), SUPERVISES, PUBLIC_SECURITY_BUREAU, EITHER, NONE,
        "督促服务企业和保安人员做好安全防范。", "Presses provider and guards to keep security up."),
    ROW("3.2-9a", ON(SECURITY_WORK), GUIDES, PUBLIC_SECURITY_BUREAU, EITHER, NONE,
        "指导服务企业和保安人员做好安全防范。", "Guides provider and guards in security."),
    ROW("3.2-9b", ON(SECURITY_FACILITIES), GUIDES, PUBLIC_SECURITY_BUREAU, EITHER, NONE,
        "指导建设安全防范设施。", "Guides the building of security facilities."),
    ROW("3.2-9c", ON(PUBLIC_ORDER), SUPERVISES, PUBLIC_SECURITY_BUREAU, EITHER, NONE, "查处治安案件。",
        "Pursues offences against public order."),
    ROW("3.2-9c", ON(PUBLIC_ORDER), COORDINATES, PUBLIC_SECURITY_BUREAU, EITHER, NONE,
        "调解各类治安纠纷。", "Mediates disputes that touch public order."),
    ROW("3.2-9d", ON(GUARDS) | ON(MIGRANT_POPULATION) | ON(FIREWORKS) | ON(DOGS), SUPERVISES,
        PUBLIC_SECURITY_BUREAU, EITHER, NONE, "加强对保安人员、外来人口、禁燃禁放和养犬的管理。",
        "Controls guards, residents from elsewhere, the firework ban and dogs."),
    {DUTY("3.2-9e", ON(PARKING_BAYS), GUIDES, TRAFFIC_POLICE, OUTSIDE, 1, NONE,
          "指导开放式居民区的公共道路划设停车位。",
          "Guides the marking of bays on public roads in open areas."),
     .place = PILOT_PLACE_PUBLIC_ROAD, .layout = PILOT_LAYOUT_OPEN},
    {DUTY("3.2-9f", ON(DISORDERLY_PARKING), SUPERVISES, TRAFFIC_POLICE, EITHER, 2, NONE,
          "加强对服务区域内车辆乱停放的管理。",
          "Keeps disorderly parking in the service area in check."),
     .leads_on = PILOT_PLACE_PUBLIC_ROAD},
    ROW("3.2-10", OF_FIRE_BRIGADE, SUPERVISES, FIRE_BRIGADE, EITHER, NONE,
        "监督管理消防设施维护、消防通道堵塞和电动车违规充电。",
        "Supervises upkeep of fire equipment, blocked fire lanes and improper e-bike charging."),
    ROW("3.2-11", ON(CONSTRUCTION), PERFORMS, CONSTRUCTION_BUREAU, EITHER, NONE,
        "履行建设方面的管理和服务职责。", "Does its own administration and service in construction."),
    ROW("3.2-11", ON(NATURAL_RESOURCES), PERFORMS, NATURAL_RESOURCES_BUREAU, EITHER, NONE,
        "履行自然资源方面的管理和服务职责。",
        "Does its own administration and service in natural resources."),
    ROW("3.2-11", ON(ENVIRONMENT), PERFORMS, ENVIRONMENT_BUREAU, EITHER, NONE,
        "履行生态环保方面的管理和服务职责。",
        "Does its own administration and service for the environment."),
    ROW("3.2-11", ON(EMERGENCIES), PERFORMS, EMERGENCY_BUREAU, EITHER, NONE,
        "履行应急管理方面的管理和服务职责。",
        "Does its own administration and service for emergencies."),
    ROW("3.2-12a", ON(PILOT_SCHEME), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE, "拟订本区的试点方案。",
        "Draws up the pilot scheme of its district."),
    ROW("3.2-12b", ON(LEADING_GROUP), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE,
        "成立区工作领导小组。", "Sets up the district's leading group."),
    ROW("3.2-12b", ON(STEERING), COORDINATES, DISTRICT_GOVERNMENT, EITHER, NONE,
        "组织推进、统筹协调本区试点。", "Organises and coordinates the district's pilots."),
    ROW("3.2-12c", ON(STEERING), SUPERVISES, DISTRICT_GOVERNMENT, EITHER, NONE,
        "督促有关单位和街道（乡镇）各尽其责。",
        "Presses its units, sub-districts and townships to do their part."),
    ROW("3.2-12d", ON(ASSESSMENT), ASSISTS, DISTRICT_GOVERNMENT, EITHER, NONE,
        "配合市里考核本区的试点社区。", "Helps the city to assess the district's pilot communities."),
    ROW("3.2-12e", ON(EXPERIENCE), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE,
        "做好本区试点的经验总结。", "Records what the district's pilots have taught."),
    ROW("3.2-13a", ON(OWNERS_ASSEMBLY), PERFORMS, STREET, EITHER, NONE, "组建试点项目的业主大会筹备组。",
        "Forms the group that prepares the owners' assembly."),
    ROW("3.2-13b", ON(OWNERS_ASSEMBLY) | ON(OWNERS_COMMITTEE) | ON(SELF_GOVERNMENT), GUIDES, STREET,
        EITHER, NONE, "指导业主大会和业主委员会有序自治。",
        "Guides owners' assembly and committee in orderly self-government."),
    RANK("3.2-13c", ON(OWNERS_COMMITTEE), PERFORMS, RESIDENTS_COMMITTEE, EITHER, 3, NONE,
         "在业主委员会产生前，代行其职责。", "Stands in for the owners' committee until there is one."),
    ROW("3.2-13c", ON(OWNERS_COMMITTEE), GUIDES, STREET, EITHER, NONE,
        "指导居民委员会代行业主委员会职责。",
        "Guides the residents' committee while it stands in for the owners' committee."),
    ROW("3.2-13d", ON(SERVICE_HANDOVER), ASSISTS, STREET, OUTSIDE, NONE, "配合承接公共服务。",
        "Helps to take the public services over."),
    ROW("3.2-13e", ON(DAILY_COORDINATION), GUIDES, STREET, EITHER, NONE,
        "指导社区工作站（居民委员会）协调日常工作。",
        "Guides workstation and residents' committee in daily business."),
    ROW("3.2-13f", ON(PROPERTY_DISPUTES), COORDINATES, STREET, EITHER, NONE,
        "召集联席会议，协调处理物业纠纷。",
        "Calls joint meetings and resolves disputes over property service."),
    COMMUNITY("3.2-14a", ON(DAILY_COORDINATION), COORDINATES, EITHER, NONE,
              "协调试点的日常问题，将物业管理纳入日常工作。",
              "Sorts out the pilot's daily problems, property management among them."),
    COMMUNITY("3.2-14b", ON(SELF_GOVERNMENT), PERFORMS, EITHER, NONE,
              "在街道（乡镇）指导下开展居民自治。",
              "Carries on residents' self-government, guided by the sub-district office."),
    COMMUNITY("3.2-14b", ON(PART_TIME_POSTS), PERFORMS, EITHER, NONE,
              "组织业主委员会成员按规定程序到工作站兼职。",
              "Takes committee members into part-time posts by due procedure."),
    COMMUNITY("3.2-14c", ON(SERVICE_HANDOVER), ASSISTS, OUTSIDE, NONE, "配合承接公共服务。",
              "Helps to take the public services over."),
    COMMUNITY("3.2-14c", ON(NEIGHBOURHOOD_CENTRE), PERFORMS, EITHER, NONE,
              "在民政部门指导下，将物业服务纳入邻里中心建设。",
              "Builds property service into the neighbourhood centre, guided by civil affairs."),

    ROW("4.1-1", ON(PART_TIME_POSTS), PERFORMS, COMMITTEE, EITHER, NONE,
        "其成员按规定程序到工作站兼职。",
        "Has members take part-time posts at the workstation by due procedure."),
    RANK("4.1-1", ON(PART_TIME_POSTS), PERFORMS, WORKSTATION, EITHER, 2, NONE,
         "接收业主委员会成员兼职。", "Receives committee members in part-time posts."),
    ROW("4.1-3", ON(DAILY_COORDINATION), PERFORMS, WORKSTATION, EITHER, NONE, "将物业管理纳入日常工作。",
        "Treats property management as daily work."),
    ROW("4.1-4", ON(DAILY_COORDINATION), PERFORMS, WORKSTATION, EITHER, NONE, "明确专人负责物业管理。",
        "Puts staff in charge of property management."),
    COMMUNITY("4.2-1", ON(PROPERTY_OFFICE), PERFORMS, EITHER, NONE, "提供面积达标的物业管理用房。",
              "Provides a property office that is large enough."),
    COMMUNITY("4.2-2", ON(PROPERTY_OFFICE), DECIDES, EITHER, NONE,
              "无物业管理用房的，可配建、长期租赁或合署办公。",
              "May build, lease or share an office where it has none."),
    ROW("4.2-4", ON(SINGLE_PROVIDER), DECIDES, ASSEMBLY, EITHER, NONE,
        "鼓励与同社区的其他业主大会聘请同一家企业。",
        "Is encouraged to hire the provider of the community's other assemblies."),
    ROW("4.2-4", ON(SINGLE_PROVIDER), PERFORMS, PROVIDER, EITHER, NONE,
        "鼓励将降低成本的收益返还部分用于社区建设。",
        "Is encouraged to give the community part of what it saves."),

    ROW("4.3-2", SERVICES_INSIDE | ON(SERVICE_CONTRACT), PERFORMS, PROVIDER, INSIDE, NONE,
        "按书面合同提供“门”内服务。", "Serves inside the gate, as the written contract says."),
    ROW("4.3-2", SERVICES_INSIDE | ON(SERVICE_CONTRACT), DECIDES, COMMITTEE, INSIDE, NONE,
        "以书面合同约定“门”内服务的内容、标准和价格。",
        "Settles content, standard and price of service inside the gate in a written contract."),
    ROW("4.3-3", ON(PROVIDER_CHOICE), DECIDES, ASSEMBLY, INSIDE, NONE,
        "可实行综合服务，也可从菜单中选择。", "May take comprehensive service or choose from a menu."),
    ROW("4.3-3", ON(SERVICE_CONTRACT), DECIDES, COMMITTEE, INSIDE, NONE,
        "将选定的综合服务或“菜单式”服务写入合同。",
        "May put into the contract comprehensive service or items of a menu."),
    RANK("4.3-3", ON(PROVIDER_CHOICE), PERFORMS, PROVIDER, INSIDE, 3, NONE,
         "可提供综合服务，也可提供保洁、保安等单项服务。",
         "May offer comprehensive service, or items such as cleaning and guards."),
    RANK("5.4-2b", ON(PROVIDER_CHOICE), PERFORMS, PROVIDER, INSIDE, 3, ENTRY,
         "提供不同价位、质价相符的菜单。", "Offers menus at different prices, with quality in keeping."),
    LOCAL("4.3-4", SERVICES_OUTSIDE, PERFORMS, OUTSIDE, NONE, "集中承担“门”外的公共服务。",
          "Has the public services outside the gate in hand, all of them together."),
    LOCAL("4.3-5", ON(SERVICE_HANDOVER), PERFORMS, OUTSIDE, NONE, "承接下沉的职责和资源。",
          "Takes over the duty together with the resources."),
    LOCAL("4.3-6", SERVICES_OUTSIDE, PERFORMS, OUTSIDE, NONE, "统筹整合资源，统一履行公共服务职责。",
          "Joins resources and delivers the public services as one."),
    ROW("4.3-7", SERVICES_OUTSIDE | ON(PUBLIC_SERVICE_MONEY), COORDINATES, CITY_MANAGEMENT_BUREAU,
        OUTSIDE, NONE, "统筹“门”外服务的经费。",
        "Plans how the money for services outside the gate is used."),
    ROW("4.3-8", SERVICES_OUTSIDE | ON(PUBLIC_SERVICE_MONEY), PAYS, FINANCE_BUREAU, OUTSIDE, NONE,
        "将市级承担的经费划拨给街道（乡镇）社区，费随事转。",
        "Pays the city's part to sub-district and community, the money following the task."),
    RANK("4.3-8", SERVICES_OUTSIDE | ON(PUBLIC_SERVICE_MONEY), PAYS, DISTRICT_FINANCE, OUTSIDE, 2, NONE,
         "将区级承担的经费划拨给街道（乡镇）社区，费随事转。",
         "Pays the district's part to sub-district and community, the money following the task."),
    ROW("4.3-10", ON(SINGLE_PROVIDER), DECIDES, CITY_LEADING_GROUP, OUTSIDE, NONE,
        "鼓励组建国有企业，推动其统一承揽“门”外服务。",
        "Is encouraged to have a state-owned company take all services outside the gate."),
    RANK("4.3-10", ON(SINGLE_PROVIDER), DECIDES, DISTRICT_GOVERNMENT, OUTSIDE, 2, NONE,
         "鼓励组建国有企业，统一承揽“门”外服务。",
         "Is encouraged to form a state-owned company for all services outside the gate."),
    ROW("4.3-11", ON(SINGLE_PROVIDER), DECIDES, DISTRICT_GOVERNMENT, EITHER, NONE,
        "鼓励“门”内、“门”外由同一机构提供服务。",
        "Is encouraged to have one institution serve both sides of the gate."),
    COMMUNITY("4.3-11", ON(SINGLE_PROVIDER), DECIDES, EITHER, NONE,
              "鼓励“门”内、“门”外由同一机构提供服务。",
              "Is encouraged to have one institution serve both sides of the gate."),
    GRID_DEPARTMENTS("4.3-12", ON(GRID), PERFORMS, "将行政执法职能下沉至社区，分片到人、挂牌服务。",
                     "Brings enforcement down to the community, a posted officer for each patch."),
    GRID_DEPARTMENTS("4.3-13", ON(GRID), PERFORMS, "明确片区责任人，与居民委员会网格员对接。",
                     "Names an officer in charge of each patch, in touch with the grid staff."),
    ROW("4.3-14", ON(RESIDENTS_REPORTS), PERFORMS, OWNERS, EITHER, NONE,
        "可直接向片区责任人反映问题，也可由居民委员会反映。",
        "May report to the officer in charge directly, or through the residents' committee."),
    ROW("4.3-14", PUBLIC_SERVICES, MAY_BE_TOLD, CITY_MANAGEMENT_BUREAU, OUTSIDE, NONE,
        "公共服务的问题，居民可直接向其片区责任人反映。",
        "Takes reports on public services through its officer in charge of the patch."),
    ROW("4.3-14", OF_CITY_MANAGEMENT, MAY_BE_TOLD, CITY_MANAGEMENT_BUREAU, EITHER, NONE,
        "环境和秩序的问题，居民可直接向其片区责任人反映。",
        "Takes reports on cleanliness and order through its officer in charge of the patch."),
    ROW("4.3-14", OF_POLICE, MAY_BE_TOLD, PUBLIC_SECURITY_BUREAU, EITHER, NONE,
        "治安的问题，居民可直接向其片区责任人反映。",
        "Takes reports on security through its officer in charge of the patch."),
    {DUTY("4.3-14", ON(DISORDERLY_PARKING), MAY_BE_TOLD, TRAFFIC_POLICE, EITHER, 2, NONE,
          "车辆乱停放的问题，居民可直接向其片区责任人反映。",
          "Takes reports on parking through its officer in charge of the patch."),
     .leads_on = PILOT_PLACE_PUBLIC_ROAD},
    ROW("4.3-14", OF_FIRE_BRIGADE, MAY_BE_TOLD, FIRE_BRIGADE, EITHER, NONE,
        "消防的问题，居民可直接向其片区责任人反映。",
        "Takes reports on fire safety through its officer in charge of the patch."),
    ROW("4.3-14", ON(ENVIRONMENT), MAY_BE_TOLD, ENVIRONMENT_BUREAU, EITHER, NONE,
        "环保的问题，居民可直接向其片区责任人反映。",
        "Takes reports on the environment through its officer in charge of the patch."),
    RANK("4.3-14", OF_RESIDENTS, MAY_BE_TOLD, RESIDENTS_COMMITTEE, EITHER, 3, NONE,
         "可代居民向相应部门反映问题。", "Passes on what residents report to the department concerned."),
    GRID_DEPARTMENTS("4.3-15", ON(RESIDENTS_REPORTS), PERFORMS, "对居民反映的问题，按职责及时办理。",
                     "Acts promptly, within its remit, on what residents report."),

    ROW("4.4-1", SERVICES_INSIDE | ON(PROPERTY_FEE), PAYS, OWNERS, INSIDE, NONE, "承担物业服务费。",
        "Bear the property fee themselves."),
    ROW("4.4-2", ON(FEE_STANDARD), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE,
        "综合考虑业主承受能力和消费习惯，测算物业服务费标准。",
        "Works out what fee residents should pay, by what they can afford and are used to."),
    ROW("4.4-3", ON(PROPERTY_FEE), SUPERVISES, DISTRICT_GOVERNMENT, EITHER, NONE,
        "在本区确保原已收取的费用不重复收取。",
        "Sees that no fee already collected is collected again."),
    COMMUNITY("4.4-3", ON(PROPERTY_FEE), PERFORMS, EITHER, NONE, "原已收取的费用不得重复收取。",
              "May not collect a fee that has already been collected."),
    ROW("4.4-3", ON(PROPERTY_FEE), PERFORMS, PROVIDER, EITHER, NONE, "原已收取的费用不得重复收取。",
        "May not collect a fee that has already been collected."),
    ROW("4.4.1-1", ON(ASSESSMENT), PERFORMS, LEADING_GROUP_OFFICE, EITHER, NONE,
        "考核试点社区的物业服务工作。", "Assesses the work of the pilot communities that get support."),
    ROW("4.4.1-2", ON(REWARD), DECIDES, LEADING_GROUP_OFFICE, EITHER, NONE,
        "以考核结果确定是否发放奖励。", "Settles by its assessment who gets a reward."),
    ROW("4.4.1-2", ON(REWARD), PERFORMS, FINANCE_BUREAU, EITHER, NONE, "对考核合格的发放奖励。",
        "Pays a reward only where the assessment is passed."),
    COMMUNITY("4.4.1-5", ON(COMMUNITY_BUDGET) | ON(REWARD), PERFORMS, EITHER, NONE,
              "将奖励资金用于补贴社区经费不足。",
              "Uses the reward to fill the gap in the community's budget."),
    RANK("4.4.1-7", ON(ASSESSMENT), DECIDES, CITY_LEADING_GROUP, EITHER, 2, NONE, "制定考核办法。",
         "Lays down how pilot communities are assessed."),
    ROW("4.4.1-8", ON(REWARD), PAYS, FINANCE_BUREAU, EITHER, NONE, "承担奖励资金的市级部分。",
        "Bears the city's share of the reward."),
    RANK("4.4.1-8", ON(REWARD), PAYS, DISTRICT_FINANCE, EITHER, 2, NONE, "承担奖励资金的区级部分。",
         "Bears the district's share of the reward."),
    PROJECT("4.4.2-1", ON(PROJECT_INCOME), PERFORMS,
            "可依法开展广告位、快递储存柜场地租赁和再生资源经营。",
            "May for the project, by law, let advertising space and locker sites, and recycle."),
    PROJECT("4.4.2-2", ON(PROJECT_INCOME), PERFORMS, "经营收益须用于本项目的物业服务。",
            "Spends what the project earns on property service in the same project."),
    ROW("4.4.2-3", ON(PARKING_BAYS), DECIDES, DISTRICT_GOVERNMENT, EITHER, NONE,
        "不违反规划原则的，可依法划设停车位。",
        "May by law mark parking bays where planning principles hold."),
    ROW("4.4.2-4", ON(PARKING_FEES), DECIDES, DISTRICT_GOVERNMENT, EITHER, NONE, "可收取停车管理费。",
        "May charge for parking in the bays it has marked."),
    COMMUNITY("4.4.2-5", ON(COMMUNITY_BUDGET) | ON(PARKING_FEES), PERFORMS, EITHER, NONE,
              "将停车管理费用于补贴社区经费不足。",
              "Uses parking income to make up for what the community's budget lacks."),

    ROW("5.1-1", ON(SITE_SELECTION), PERFORMS, DISTRICT_GOVERNMENT, EITHER, SELECTION, "按期完成选点。",
        "Has the sites chosen in time."),
    ROW("5.1-2", ON(SITE_SELECTION), PERFORMS, DISTRICT_GOVERNMENT, EITHER, SELECTION,
        "选点前开展居民意愿调查。", "Asks residents in a survey before it chooses."),
    ROW("5.1-3", ON(SITE_SELECTION), DECIDES, DISTRICT_GOVERNMENT, EITHER, SELECTION,
        "选择业主有意愿、愿配合的开放式老旧居民区。",
        "Chooses open old areas whose owners are willing."),
    ROW("5.1-4", ON(SITE_SELECTION), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE, "先易后难选点。",
        "Begins where it is easiest."),
    ROW("5.1-5", ON(SITE_SELECTION), DECIDES, DISTRICT_GOVERNMENT, EITHER, SELECTION,
        "可选择已完成整治的，也可选择当年正在整治的。",
        "May choose what has been put in repair or is being repaired that year."),
    ROW("5.2-1", ON(REMEDIATION), COORDINATES, CITY_MANAGEMENT_BUREAU, EITHER, REMEDIATION,
        "牵头当年的整治项目按期完成。",
        "Gets the remediation of that year's projects finished in time."),
    ROW("5.2-1", ON(REMEDIATION), PERFORMS, DISTRICT_GOVERNMENT, EITHER, REMEDIATION,
        "按期完成当年的整治项目。", "Finishes the remediation of that year's projects in time."),
    ROW("5.2-2", ON(REMEDIATION), COORDINATES, CITY_MANAGEMENT_BUREAU, EITHER, REMEDIATION,
        "牵头综合整治。", "Leads the remediation."),
    ROW("5.2-2", ON(REMEDIATION), PERFORMS, DISTRICT_GOVERNMENT, EITHER, REMEDIATION, "具体实施整治。",
        "Carries the remediation out."),
    ROW("5.2-3", ON(REMEDIATION), SUPERVISES, CITY_MANAGEMENT_BUREAU, EITHER, REMEDIATION,
        "检查整治各项是否落实。", "Sees that every item of the remediation is done."),
    ROW("5.2-3", ON(REMEDIATION), PERFORMS, DISTRICT_GOVERNMENT, EITHER, REMEDIATION,
        "逐项落实整治内容。", "Does every item of the remediation."),
    ROW("5.2-4", ON(REMEDIATION) | ON(SERVICE_ENTRY), COORDINATES, CITY_MANAGEMENT_BUREAU, EITHER,
        REMEDIATION, "通过整治为服务企业入驻创造条件。",
        "Has remediation make it possible for the provider to move in."),
    ROW("5.2-4", ON(REMEDIATION) | ON(SERVICE_ENTRY), PERFORMS, DISTRICT_GOVERNMENT, EITHER, REMEDIATION,
        "通过整治为服务企业入驻创造条件。",
        "Makes it possible, by remediation, for the provider to move in."),
    RANK("5.2-4", ON(SERVICE_ENTRY), PERFORMS, PROVIDER, EITHER, 3, NONE, "条件具备后入驻。",
         "Moves in once the conditions are there."),
    ROW("5.2-5", ON(ENCLOSURE), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE,
        "有条件封闭的小区，尽量封闭。",
        "Encloses, as far as possible, the compounds that can be enclosed."),
    LOCAL("5.3-1", ON(OWNERS_ASSEMBLY) | ON(OWNERS_COMMITTEE), PERFORMS, EITHER, ASSEMBLY,
          "按期召开业主大会、选举业主委员会。",
          "Has the assembly held and the committee elected in time."),
    LOCAL("5.3-2", ON(OWNERS_ASSEMBLY) | ON(OWNERS_COMMITTEE), PERFORMS, EITHER, ASSEMBLY,
          "发动业主参与，召开业主大会，选举业主委员会。",
          "Rallies the owners to meet and choose a committee."),
    ROW("5.3-2", ON(OWNERS_ASSEMBLY) | ON(OWNERS_COMMITTEE), GUIDES, DISTRICT_HOUSING, EITHER, ASSEMBLY,
        "指导召开业主大会、选举业主委员会。", "Guides the meeting and the election."),
    ROW("5.4-1", ON(PROVIDER_CHOICE), DECIDES, ASSEMBLY, EITHER, ENTRY, "按期选聘服务企业。",
        "Chooses the provider in time."),
    ROW("5.4-1", ON(SERVICE_CONTRACT), PERFORMS, COMMITTEE, EITHER, ENTRY, "按期签订服务合同。",
        "Signs the service contract in time."),
    RANK("5.4-1", ON(SERVICE_ENTRY), PERFORMS, PROVIDER, EITHER, 3, ENTRY, "按期入驻服务。",
         "Starts service in time."),
    ROW("5.4-2", ON(PROVIDER_CHOICE), DECIDES, ASSEMBLY, EITHER, ENTRY, "投票选择企业和服务标准。",
        "Chooses provider and standard of service by vote."),
    LOCAL("5.4-3", ON(PROVIDER_CHOICE), GUIDES, EITHER, ENTRY, "指导业主大会选择，不代为决定。",
          "Guides the assembly's choice without making it."),
    ROW("5.4-4", ON(SERVICE_CONTRACT), PERFORMS, COMMITTEE, EITHER, ENTRY,
        "与业主大会选聘的企业签订服务合同。",
        "Signs the contract with the provider that the assembly chose."),
    RANK("5.4-4", ON(SERVICE_CONTRACT), PERFORMS, PROVIDER, EITHER, 2, ENTRY,
         "与业主委员会签订服务合同。", "Signs the contract with the owners' committee."),
    RANK("5.4-5", ON(SERVICE_ENTRY), PERFORMS, PROVIDER, EITHER, 3, ENTRY, "按合同约定进驻，提供服务。",
         "Moves in and serves as the contract says."),
    ROW("5.5-1", ON(ASSESSMENT), PERFORMS, LEADING_GROUP_OFFICE, EITHER, ASSESSMENT,
        "按期完成考核验收。", "Finishes the assessment in time."),
    ROW("5.5-2", ON(ASSESSMENT), PERFORMS, LEADING_GROUP_OFFICE, EITHER, ASSESSMENT,
        "组织对各区试点项目的考核验收。", "Has the pilot projects of every district assessed."),
    ROW("5.5-3", ON(REWARD), DECIDES, LEADING_GROUP_OFFICE, EITHER, NONE, "对考核合格的社区予以奖励。",
        "Grants the reward to communities that passed."),
    ROW("5.5-3", ON(EXPERIENCE), PERFORMS, LEADING_GROUP_OFFICE, EITHER, NONE,
        "推广考核合格社区的经验。", "Spreads the experience of communities that passed."),
    ROW("5.5-3", ON(REWARD), PERFORMS, FINANCE_BUREAU, EITHER, NONE, "向考核合格的社区发放奖励。",
        "Pays the reward to communities that passed."),
    ROW("5.5-4", ON(EXPERIENCE), PERFORMS, LEADING_GROUP_OFFICE, EITHER, NONE,
        "社区考核不合格的，总结经验教训。", "Finds out why a community failed."),

    ROW("6.1-1", ON(LEADING_GROUP), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE,
        "成立专项工作机构和领导小组。", "Sets up a special working body and a leading group."),
    ROW("6.1-3", ON(STEERING), PERFORMS, DISTRICT_GOVERNMENT, EITHER, NONE, "按时间节点完成各项工作。",
        "Completes each step by its date."),
    ROW("6.2-1", ON(STEERING), SUPERVISES, CITY_LEADING_GROUP, EITHER, NONE,
        "对共性问题协调调度，督导各区。", "Clears up shared problems and watches over the districts."),
    RANK("6.2-1", ON(STEERING), SUPERVISES, DISTRICT_LEADING_GROUP, EITHER, 2, NONE,
         "对本区的共性问题协调调度，加强督导。",
         "Clears up shared problems and watches over the work in its district."),
    ROW("6.2-2", ON(STEERING), SUPERVISES, CITY_LEADING_GROUP, EITHER, NONE,
        "对未达到进度要求的区，予以通报批评。", "Criticises by circular a district that falls behind."),
    JOINS(HOUSING_BUREAU),
    JOINS(CITY_MANAGEMENT_BUREAU),
    JOINS(CIVIL_AFFAIRS_BUREAU),
    JOINS(FINANCE_BUREAU),
    JOINS(CONSTRUCTION_BUREAU),
    JOINS(NATURAL_RESOURCES_BUREAU),
    LOCAL("6.4", ON(PUBLICITY), PERFORMS, EITHER, NONE,
          "通过座谈会、上门、新闻报道等宣传，动员居民参与。",
          "Spreads the word through meetings, house calls and the press."),
};

bool pilot_is_addressee(pilot_actor actor)
{
    return actor > PILOT_ACTOR_NONE && actor < PILOT_ACTOR_COUNT &&
           (pilot_clause_find("0.1-1")->actors & PILOT_ACTOR_BIT(actor)) != 0;
}

pilot_gate pilot_gate_of(pilot_layout layout)
{
    switch (layout) {
    case PILOT_LAYOUT_CLOSED:
        return PILOT_GATE_COMPOUND;
    case PILOT_LAYOUT_OPEN:
        return PILOT_GATE_UNIT_DOOR;
    default:
        return PILOT_GATE_UNKNOWN;
    }
}

pilot_side pilot_side_of(pilot_place place, pilot_layout layout)
{
    switch (place) {
    case PILOT_PLACE_DWELLING:
    case PILOT_PLACE_STAIRWELL:
        return PILOT_INSIDE;
    case PILOT_PLACE_PUBLIC_ROAD:
        return PILOT_OUTSIDE;
    case PILOT_PLACE_COURTYARD:
    case PILOT_PLACE_INTERNAL_ROAD:
        break;
    default:
        return PILOT_SIDE_UNKNOWN;
    }
    switch (pilot_gate_of(layout)) {
    case PILOT_GATE_COMPOUND:
        return PILOT_INSIDE;
    case PILOT_GATE_UNIT_DOOR:
        return PILOT_OUTSIDE;
    default:
        return PILOT_SIDE_UNKNOWN;
    }
}

pilot_side pilot_side_on(const pilot_policy *policy, const pilot_residential_area *area,
                         pilot_place place, pilot_date day)
{
    if (!policy || !area || !pilot_is_bool(&area->enclosed_on.known))
        return PILOT_SIDE_UNKNOWN;
    int32_t option = pilot_policy_parameters(policy)->readings[PILOT_READING_GATE_LAYOUT];
    return pilot_side_of(
        place, pilot_gate_layout(option, area->layout_at_selection, pilot_layout_on(area, day)));
}

size_t pilot_duty_count(void)
{
    return COUNT(table);
}

const pilot_duty *pilot_duty_at(size_t index)
{
    return index < COUNT(table) ? &table[index] : NULL;
}

/* A member of a filter that is an enum, and how many values that has. */
typedef struct filter_enum {
    const char *path;
    uint32_t value; /* a negative number is large as an unsigned one */
    uint32_t count;
} filter_enum;

/* The first that is no enum value; its path is NULL where there is none. */
static filter_enum no_enum_value(const pilot_duty_filter *f)
{
    const filter_enum members[] = {
        {"/matter", (uint32_t)f->matter, PILOT_DUTY_MATTER_COUNT},
        {"/role", (uint32_t)f->role, PILOT_ROLE_COUNT},
        {"/actor", (uint32_t)f->actor, PILOT_ACTOR_COUNT},
        {"/side", (uint32_t)f->side, PILOT_OUTSIDE + 1},
        {"/place", (uint32_t)f->place, PILOT_PLACE_COUNT},
        {"/layout", (uint32_t)f->layout, PILOT_LAYOUT_CLOSED + 1},
    };
    for (size_t i = 0; i < COUNT(members); i++)
        if (members[i].value >= members[i].count)
            return members[i];
    return (filter_enum){NULL, 0, 0};
}

/* 0 on either hand leaves the matter open. */
static bool meets(int wanted, int found)
{
    return !wanted || !found || wanted == found;
}

static bool is_consistent(const pilot_duty_filter *f)
{
    return meets((int)f->side, (int)pilot_side_of(f->place, f->layout));
}

static bool cites(const char *clause, const char *id_or_section)
{
    size_t length = strlen(id_or_section);
    return strncmp(clause, id_or_section, length) == 0 && strchr(".-", clause[length]);
}

static bool passes(const pilot_duty *duty, const pilot_duty_filter *f)
{
    pilot_side side = f->side ? f->side : pilot_side_of(f->place, f->layout);
    return (!f->matter || duty->matters & PILOT_DUTY_BIT(f->matter)) &&
           (!f->role || duty->role == f->role) && (!f->actor || duty->actor == f->actor) &&
           meets((int)side, (int)duty->side) && meets((int)f->place, (int)duty->place) &&
           meets((int)f->layout, (int)duty->layout) && (!f->clause || cites(duty->clause, f->clause));
}

const pilot_duty *pilot_duty_next(const pilot_duty *after, const pilot_duty_filter *filter)
{
    size_t index;
    if (after && !pilot_element_of(table, COUNT(table), sizeof *table, after, &index))
        return NULL;
    const pilot_duty *duty = after ? after + 1 : table;
    if (filter && (no_enum_value(filter).path || !is_consistent(filter)))
        return NULL;
    for (; duty < table + COUNT(table); duty++)
        if (!filter || passes(duty, filter))
            return duty;
    return NULL;
}

/* What holds on both sides follows what holds on one. */
static int32_t side_rank(const pilot_duty *duty)
{
    return duty->side ? (int32_t)duty->side : PILOT_OUTSIDE + 1;
}

static int32_t rank_at(const pilot_duty *duty, pilot_place place)
{
    return place && duty->leads_on == place ? 0 : duty->order;
}

static bool goes_before(const pilot_duty *a, const pilot_duty *b, pilot_place place)
{
    if (a->role != b->role)
        return a->role < b->role;
    if (a->side != b->side)
        return side_rank(a) < side_rank(b);
    return rank_at(a, place) < rank_at(b, place);
}

static pilot_status check_filter(const pilot_duty_filter *filter, pilot_error *error)
{
    const filter_enum wrong = no_enum_value(filter);
    if (wrong.path)
        return pilot_error_number(error, PILOT_ERROR_ARGUMENT, wrong.path, (int32_t)wrong.value,
                                  "没有这个编号的取值", "it is the number of no value");
    if (is_consistent(filter))
        return PILOT_OK;
    return pilot_error_refuse(error, PILOT_ERROR_INCONSISTENT, "/side", pilot_side_name(filter->side),
                              "在这一布局下，该场所不在“门”的这一侧",
                              "the place does not lie on this side of the gate under the layout");
}

pilot_status pilot_responsible(const pilot_duty_filter *filter, const pilot_duty **duties,
                               size_t capacity, size_t *count, pilot_error *error)
{
    size_t found = 0;
    if (!filter || !count || (!duties && capacity))
        return pilot_error_null(error);
    pilot_status status = check_filter(filter, error);
    if (status != PILOT_OK)
        return status;
    for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, filter));)
        found++;
    if (duties && found > capacity)
        return pilot_error_room(error, found);
    *count = found;
    if (!duties)
        return PILOT_OK;
    found = 0;
    for (const pilot_duty *d = NULL; (d = pilot_duty_next(d, filter)); found++) {
        size_t at = found;
        for (; at > 0 && goes_before(d, duties[at - 1], filter->place); at--)
            duties[at] = duties[at - 1];
        duties[at] = d;
    }
    return PILOT_OK;
}

pilot_status pilot_duty_due(const pilot_policy *policy, const pilot_duty *duty, pilot_opt_date *due)
{
    if (!policy || !duty || !due)
        return PILOT_ERROR_ARGUMENT;
    if ((unsigned)duty->due >= PILOT_DUE_OWN)
        return PILOT_ERROR_ARGUMENT;
    *due = pilot_due_date(pilot_policy_parameters(policy), duty->due);
    return PILOT_OK;
}

const words pilot_duty_matter_words = WORD_LIST(
    [PILOT_DUTY_ROAD_UPKEEP] = {"road_upkeep", "道路养护和保洁", "road upkeep and cleaning"},
    [PILOT_DUTY_GREENERY] = {"greenery", "绿化养护", "care of greenery"},
    [PILOT_DUTY_STREET_LIGHTS] = {"street_lights", "路灯", "street lights"},
    [PILOT_DUTY_PUBLIC_TOILETS] = {"public_toilets", "公厕", "public toilets"},
    [PILOT_DUTY_MUNICIPAL_PIPES] = {"municipal_pipes", "市政管网", "municipal pipes"},
    [PILOT_DUTY_SEPTIC_TANKS] = {"septic_tanks", "化粪池", "septic tanks"},
    [PILOT_DUTY_OTHER_PUBLIC_SERVICE] = {"other_public_service", "其他公共服务",
                                         "other public services"},
    [PILOT_DUTY_PROPERTY_SERVICE] = {"property_service", "物业服务", "property service"},
    [PILOT_DUTY_SANITATION] = {"sanitation", "环境卫生", "sanitation"},
    [PILOT_DUTY_OUTDOOR_ADVERTISING] = {"outdoor_advertising", "户外广告", "outdoor advertising"},
    [PILOT_DUTY_ILLEGAL_BUILDING] = {"illegal_building", "违章搭建", "illegal building"},
    [PILOT_DUTY_DISORDERLY_PARKING] = {"disorderly_parking", "车辆乱停放", "disorderly parking"},
    [PILOT_DUTY_DAMAGE_TO_GREENERY] = {"damage_to_greenery", "破坏绿化", "damage to greenery"},
    [PILOT_DUTY_UNLICENSED_STALLS] = {"unlicensed_stalls", "乱设摊点", "unlicensed stalls"},
    [PILOT_DUTY_PARKING_BAYS] = {"parking_bays", "划设停车位", "marking of parking bays"},
    [PILOT_DUTY_PARKING_FEES] = {"parking_fees", "停车收费", "parking fees"},
    [PILOT_DUTY_PRICE_MARKING] = {"price_marking", "明码标价", "price marking"},
    [PILOT_DUTY_SECURITY_WORK] = {"security_work", "安全防范", "security work"},
    [PILOT_DUTY_SECURITY_FACILITIES] = {"security_facilities", "安防设施", "security facilities"},
    [PILOT_DUTY_PUBLIC_ORDER] = {"public_order", "社会治安", "public order"},
    [PILOT_DUTY_GUARDS] = {"guards", "保安人员", "guards"},
    [PILOT_DUTY_MIGRANT_POPULATION] = {"migrant_population", "外来人口", "residents from elsewhere"},
    [PILOT_DUTY_FIREWORKS] = {"fireworks", "禁燃禁放", "fireworks"},
    [PILOT_DUTY_DOGS] = {"dogs", "养犬", "dog keeping"},
    [PILOT_DUTY_FIRE_FACILITIES] = {"fire_facilities", "消防设施", "fire equipment"},
    [PILOT_DUTY_FIRE_LANES] = {"fire_lanes", "消防通道堵塞", "blocked fire lanes"},
    [PILOT_DUTY_BIKE_CHARGING] = {"bike_charging", "电动车充电", "e-bike charging"},
    [PILOT_DUTY_CONSTRUCTION] = {"construction", "城乡建设", "construction"},
    [PILOT_DUTY_NATURAL_RESOURCES] = {"natural_resources", "自然资源", "natural resources"},
    [PILOT_DUTY_ENVIRONMENT] = {"environment", "生态环保", "environmental protection"},
    [PILOT_DUTY_EMERGENCIES] = {"emergencies", "应急管理", "emergency management"},
    [PILOT_DUTY_OTHER_CITY_MANAGEMENT] = {"other_city_management", "其他城市管理",
                                          "other city management"},
    [PILOT_DUTY_GRID] = {"grid", "网格化管理", "grid administration"},
    [PILOT_DUTY_RESIDENTS_REPORTS] = {"residents_reports", "居民反映", "residents' reports"},
    [PILOT_DUTY_OWNERS_ASSEMBLY] = {"owners_assembly", "业主大会", "owners' assembly"},
    [PILOT_DUTY_OWNERS_COMMITTEE] = {"owners_committee", "业主委员会", "owners' committee"},
    [PILOT_DUTY_SELF_GOVERNMENT] = {"self_government", "居民自治", "residents' self-government"},
    [PILOT_DUTY_PART_TIME_POSTS] = {"part_time_posts", "工作站兼职", "part-time posts"},
    [PILOT_DUTY_PROVIDER_CHOICE] = {"provider_choice", "选聘服务企业", "choice of the provider"},
    [PILOT_DUTY_SERVICE_CONTRACT] = {"service_contract", "服务合同", "service contract"},
    [PILOT_DUTY_SERVICE_ENTRY] = {"service_entry", "进驻服务", "start of service"},
    [PILOT_DUTY_SINGLE_PROVIDER] = {"single_provider", "服务由一家承担", "services from one provider"},
    [PILOT_DUTY_PROPERTY_FEE] = {"property_fee", "物业服务费", "property fee"},
    [PILOT_DUTY_FEE_STANDARD] = {"fee_standard", "收费标准", "fee standard"},
    [PILOT_DUTY_PROPERTY_DISPUTES] = {"property_disputes", "物业纠纷", "property disputes"},
    [PILOT_DUTY_DAILY_COORDINATION] = {"daily_coordination", "日常协调", "daily coordination"},
    [PILOT_DUTY_NEIGHBOURHOOD_CENTRE] = {"neighbourhood_centre", "邻里中心", "neighbourhood centre"},
    [PILOT_DUTY_PROPERTY_OFFICE] = {"property_office", "物业管理用房", "property office"},
    [PILOT_DUTY_SERVICE_HANDOVER] = {"service_handover", "公共服务下沉", "handover of public services"},
    [PILOT_DUTY_PUBLIC_SERVICE_MONEY] = {"public_service_money", "公共服务经费",
                                         "money for public services"},
    [PILOT_DUTY_PROJECT_INCOME] = {"project_income", "项目经营收益", "project income"},
    [PILOT_DUTY_COMMUNITY_BUDGET] = {"community_budget", "社区经费", "community budget"},
    [PILOT_DUTY_REWARD] = {"reward", "以奖代补", "reward"},
    [PILOT_DUTY_ASSESSMENT] = {"assessment", "考核验收", "assessment"},
    [PILOT_DUTY_EXPERIENCE] = {"experience", "经验总结", "experience gained"},
    [PILOT_DUTY_PILOT_SCHEME] = {"pilot_scheme", "试点方案", "pilot scheme"},
    [PILOT_DUTY_STEERING] = {"steering", "试点推进", "steering of the pilot"},
    [PILOT_DUTY_LEADING_GROUP] = {"leading_group", "领导小组", "leading groups"},
    [PILOT_DUTY_SITE_SELECTION] = {"site_selection", "规划选点", "choice of sites"},
    [PILOT_DUTY_REMEDIATION] = {"remediation", "综合整治", "remediation"},
    [PILOT_DUTY_ENCLOSURE] = {"enclosure", "小区封闭", "enclosure"},
    [PILOT_DUTY_PUBLICITY] = {"publicity", "宣传动员", "publicity"});
const words pilot_role_words = WORD_LIST(
    [PILOT_PERFORMS] = {"performs", "承担", "performs"}, [PILOT_PAYS] = {"pays", "出资", "pays"},
    [PILOT_DECIDES] = {"decides", "决定", "decides"},
    [PILOT_COORDINATES] = {"coordinates", "统筹协调", "coordinates"},
    [PILOT_SUPERVISES] = {"supervises", "监管", "supervises"},
    [PILOT_GUIDES] = {"guides", "指导", "guides"}, [PILOT_ASSISTS] = {"assists", "配合", "assists"},
    [PILOT_MAY_BE_TOLD] = {"may_be_told", "可向其反映", "may be told"});
const words pilot_place_words =
    WORD_LIST([PILOT_PLACE_DWELLING] = {"dwelling", "住宅", "dwelling"},
              [PILOT_PLACE_STAIRWELL] = {"stairwell", "楼道", "stairwell"},
              [PILOT_PLACE_COURTYARD] = {"courtyard", "庭院", "courtyard"},
              [PILOT_PLACE_INTERNAL_ROAD] = {"internal_road", "区内道路", "internal road"},
              [PILOT_PLACE_PUBLIC_ROAD] = {"public_road", "公共道路", "public road"});
const words pilot_side_words =
    WORD_LIST([PILOT_INSIDE] = {"inside", "门内", "inside the gate"}, [PILOT_OUTSIDE] = {
                                                                          "outside", "门外",
                                                                          "outside the gate"});
static const words gate_words =
    WORD_LIST([PILOT_GATE_COMPOUND] = {"compound", "小区大门", "main gate of the compound"},
              [PILOT_GATE_UNIT_DOOR] = {"unit_door", "单元楼门", "door of the unit"});

WORDED(pilot_duty_matter, pilot_duty_matter, pilot_duty_matter_words)
WORDED(pilot_role, pilot_role, pilot_role_words)
WORDED(pilot_place, pilot_place, pilot_place_words)
WORDED(pilot_side, pilot_side, pilot_side_words)
WORDED(pilot_gate, pilot_gate, gate_words)
