#include "clause_internal.h"

#include "base/base_internal.h"

#include <string.h>

/* Short names, so that a clause below reads as a line of the notice. */
enum {
    DEFINITION = PILOT_KIND_DEFINITION,
    PRINCIPLE = PILOT_KIND_PRINCIPLE,
    SCOPE = PILOT_KIND_SCOPE,
    ORGANISATION = PILOT_KIND_ORGANISATION,
    COMPETENCE = PILOT_KIND_COMPETENCE,
    DUTY = PILOT_KIND_DUTY,
    CONDITION = PILOT_KIND_CONDITION,
    THRESHOLD = PILOT_KIND_THRESHOLD,
    AMOUNT = PILOT_KIND_AMOUNT,
    FUNDING = PILOT_KIND_FUNDING,
    DEADLINE = PILOT_KIND_DEADLINE,
    PERMISSION = PILOT_KIND_PERMISSION,
    ENCOURAGEMENT = PILOT_KIND_ENCOURAGEMENT,
    PROHIBITION = PILOT_KIND_PROHIBITION,
    RIGHT = PILOT_KIND_RIGHT,
    SANCTION = PILOT_KIND_SANCTION
};

enum { FIRM = false, SOFT = true };

enum {
    NOBODY = 0,
    CITY_GROUP = PILOT_ACTOR_BIT(PILOT_ACTOR_CITY_LEADING_GROUP),
    GROUP_OFFICE = PILOT_ACTOR_BIT(PILOT_ACTOR_LEADING_GROUP_OFFICE),
    HOUSING = PILOT_ACTOR_BIT(PILOT_ACTOR_HOUSING_BUREAU),
    CITY_MANAGEMENT = PILOT_ACTOR_BIT(PILOT_ACTOR_CITY_MANAGEMENT_BUREAU),
    CIVIL_AFFAIRS = PILOT_ACTOR_BIT(PILOT_ACTOR_CIVIL_AFFAIRS_BUREAU),
    FINANCE = PILOT_ACTOR_BIT(PILOT_ACTOR_FINANCE_BUREAU),
    CONSTRUCTION = PILOT_ACTOR_BIT(PILOT_ACTOR_CONSTRUCTION_BUREAU),
    MARKET = PILOT_ACTOR_BIT(PILOT_ACTOR_MARKET_SUPERVISION_BUREAU),
    POLICE = PILOT_ACTOR_BIT(PILOT_ACTOR_PUBLIC_SECURITY_BUREAU),
    TRAFFIC = PILOT_ACTOR_BIT(PILOT_ACTOR_TRAFFIC_POLICE),
    EMERGENCY = PILOT_ACTOR_BIT(PILOT_ACTOR_EMERGENCY_BUREAU),
    RESOURCES = PILOT_ACTOR_BIT(PILOT_ACTOR_NATURAL_RESOURCES_BUREAU),
    ENVIRONMENT = PILOT_ACTOR_BIT(PILOT_ACTOR_ENVIRONMENT_BUREAU),
    FIRE = PILOT_ACTOR_BIT(PILOT_ACTOR_FIRE_BRIGADE),
    DISTRICT = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_GOVERNMENT),
    DISTRICT_GROUP = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_LEADING_GROUP),
    DISTRICT_HOUSING = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_HOUSING),
    DISTRICT_FINANCE = PILOT_ACTOR_BIT(PILOT_ACTOR_DISTRICT_FINANCE),
    STREET = PILOT_ACTOR_BIT(PILOT_ACTOR_STREET),
    WORKSTATION = PILOT_ACTOR_BIT(PILOT_ACTOR_WORKSTATION),
    RESIDENTS = PILOT_ACTOR_BIT(PILOT_ACTOR_RESIDENTS_COMMITTEE),
    ASSEMBLY = PILOT_ACTOR_BIT(PILOT_ACTOR_ASSEMBLY),
    COMMITTEE = PILOT_ACTOR_BIT(PILOT_ACTOR_COMMITTEE),
    PROVIDER = PILOT_ACTOR_BIT(PILOT_ACTOR_PROVIDER),
    OWNERS = PILOT_ACTOR_BIT(PILOT_ACTOR_OWNERS),

    CITY_BODIES = HOUSING | CITY_MANAGEMENT | CIVIL_AFFAIRS | FINANCE | CONSTRUCTION | MARKET | POLICE |
                  TRAFFIC | EMERGENCY | RESOURCES | ENVIRONMENT | FIRE,
    ADDRESSEES = CITY_BODIES | DISTRICT,
    /* A community acts through its two bodies. */
    COMMUNITY = WORKSTATION | RESIDENTS,
    /* The notice's "街道（乡镇）、社区". */
    LOCAL = STREET | COMMUNITY,
    /* Owners and providers are bound by law and contract, not by the notice's general aims. */
    AUTHORITIES = ADDRESSEES | CITY_GROUP | GROUP_OFFICE | DISTRICT_GROUP | DISTRICT_HOUSING |
                  DISTRICT_FINANCE | LOCAL,
    GRID_DEPARTMENTS = POLICE | FIRE | CITY_MANAGEMENT | ENVIRONMENT,
    /* A pilot project has no body of its own; these three act for it. */
    PROJECT = ASSEMBLY | COMMITTEE | PROVIDER
};

static const pilot_clause catalogue[] = {
    {"0.1-1", "0.1", "函-1", SCOPE, PILOT_COMPUTABLE, FIRM, ADDRESSEES,
     "收文单位共17家：东湖、西湖、青云谱、湾里、青山湖5个区政府和12个市级单位。",
     "The notice has 17 addressees: the governments of Donghu, Xihu, Qingyunpu, Wanli and Qingshanhu, "
     "and 12 city bodies."},
    {"0.1-2", "0.1", "函-2", DUTY, PILOT_TRACKED, FIRM, ADDRESSEES,
     "方案已经市政府研究同意，收文单位须遵照执行。",
     "The city government has passed the scheme; those it is addressed to have to follow it."},
    {"0.1-3", "0.1", "函-3", DEFINITION, PILOT_COMPUTABLE, FIRM, NOBODY,
     "本通知2019年11月1日印发，11月4日公布，全文公开。",
     "The notice was issued on 1 November 2019, posted on 4 November 2019 and is open to the public."},
    {"0.2-1", "0.2", "序-1", DEFINITION, PILOT_TRACKED, FIRM, NOBODY,
     "方案依据省、市两份三年行动文件：赣办字〔2018〕55号和洪办字〔2019〕6号。",
     "The scheme rests on two three-year plans: the province's (Gan Ban Zi [2018] No. 55) and the "
     "city's (Hong Ban Zi [2019] No. 6)."},
    {"0.2-2", "0.2", "序-2", PRINCIPLE, PILOT_TRACKED, SOFT, NOBODY,
     "方案意在摸索老旧居民区物业服务的新路子，让城市更好用、更宜居。",
     "The scheme looks for a new way to run property service in old residential areas, for a better "
     "city to live in."},

    {"1-1", "1", "一-1", PRINCIPLE, PILOT_TRACKED, SOFT, AUTHORITIES,
     "以居民为本，讲求高质量，为老旧居民区建立长久管用的机制。",
     "The aim for old areas is a mechanism that lasts, with people at the centre and quality in "
     "development."},
    {"1-2", "1", "一-2", CONDITION, PILOT_EVIDENCE, FIRM, DISTRICT | CITY_MANAGEMENT | PROVIDER,
     "居民区先综合整治，后提升管理。",
     "An area is first remediated; only then is its management improved."},
    {"1-3", "1", "一-3", DEFINITION, PILOT_COMPUTABLE, FIRM, NOBODY,
     "新模式以“门”为界：门内归物业服务，门外归公共服务，行政管理内外都管。",
     "The gate divides the model: property service within it, public service beyond it, administration "
     "on both sides."},
    {"1-4", "1", "一-4", DEFINITION, PILOT_COMPUTABLE, FIRM, NOBODY,
     "何为“门”：小区封闭的，指小区大门；居民区开放的，指单元楼门。",
     "The gate is the main gate where a compound is closed and the door of the unit where an area is "
     "open."},
    {"1-5", "1", "一-5", PRINCIPLE, PILOT_TRACKED, SOFT, AUTHORITIES,
     "让老旧居民区的环境和服务变好，让居民更满意。",
     "Old areas should get better surroundings and better service, and their residents be more "
     "satisfied."},

    {"2-1", "2", "二-1", PRINCIPLE, PILOT_TRACKED, SOFT, CITY_GROUP | DISTRICT, "先做试点，再分步扩大。",
     "Pilots come first; the model is extended from them by degrees."},
    {"2-2", "2", "二-2", SCOPE, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "试点在2019年进行，限于东湖、西湖、青云谱、湾里、青山湖五区。",
     "The pilot is held in 2019, in the districts of Donghu, Xihu, Qingyunpu, Wanli and Qingshanhu "
     "only."},
    {"2-3", "2", "二-3", THRESHOLD, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "五个区各定2个试点社区，全市共10个。",
     "Each of the five districts picks 2 communities, which makes 10 for the city."},
    {"2-4", "2", "二-4", CONDITION, PILOT_EVIDENCE, FIRM, DISTRICT, "选作试点的须是开放式的老旧居民区。",
     "What is picked for the pilot has to be an old residential area of the open type."},
    {"2-5", "2", "二-5", PRINCIPLE, PILOT_TRACKED, SOFT, DISTRICT,
     "试点社区应当变得干净有序、住得舒心。",
     "Pilot communities should become clean, orderly and pleasant places to live in."},
    {"2-6", "2", "二-6", DUTY, PILOT_TRACKED, FIRM, GROUP_OFFICE | DISTRICT,
     "试点之后总结可复制、可推广的经验做法，供全面推行时采用。",
     "After the pilot, what worked is written up so that it can be repeated when the whole city "
     "follows."},

    {"3-1", "3", "三-1", ORGANISATION | COMPETENCE, PILOT_EVIDENCE, FIRM, CITY_GROUP,
     "市里成立领导小组，由其统筹协调试点，研究解决重大问题。",
     "The city forms a leading group, which steers the pilot and settles its major problems."},
    {"3.1-1", "3.1", "三(一)-1", ORGANISATION, PILOT_COMPUTABLE, FIRM, CITY_GROUP,
     "市领导小组19人：组长1人（由副市长担任），副组长3人，成员15人。",
     "The city leading group has 19 seats: a vice-mayor as its head, 3 deputy heads and 15 members."},
    {"3.1-2", "3.1", "三(一)-2", ORGANISATION, PILOT_EVIDENCE, FIRM, HOUSING,
     "领导小组办公室设在市房管局，由该局一名副局长兼任主任。",
     "The leading group's office is at the city housing bureau, and a deputy director of the bureau "
     "heads it."},
    {"3.1-3", "3.1", "三(一)-3", ORGANISATION, PILOT_TRACKED, FIRM,
     HOUSING | CITY_MANAGEMENT | CIVIL_AFFAIRS | POLICE | TRAFFIC | FIRE | FINANCE,
     "领导小组办公室工作人员从房管、财政、城管、民政、消防、公安及其交管等部门抽调。",
     "Housing, city management, civil affairs, police, traffic police, fire brigade, finance and others "
     "lend the leading group's office its staff."},

    {"3.2-1", "3.2", "三(二)-1", PRINCIPLE, PILOT_TRACKED, SOFT, CITY_BODIES | DISTRICT | LOCAL,
     "市直部门、区、街道（乡镇）和社区上下配合，共同推进。",
     "City departments, districts, sub-districts and communities should work closely together."},
    {"3.2-2a", "3.2", "三(二)-2a", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "领导小组办公室起草试点方案，拟订配套的管理政策。",
     "The leading group's office writes the draft scheme and the management policies that go with it."},
    {"3.2-2b", "3.2", "三(二)-2b", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "领导小组办公室分解目标任务，界定成员单位的职责分工。",
     "The leading group's office turns the targets into tasks and sets out which member does what."},
    {"3.2-2c", "3.2", "三(二)-2c", DUTY, PILOT_TRACKED, FIRM, GROUP_OFFICE,
     "领导小组办公室在全市组织推进这项工作。",
     "The leading group's office gets the work going in the whole city and keeps it moving."},
    {"3.2-2d", "3.2", "三(二)-2d", DUTY, PILOT_TRACKED, FIRM, GROUP_OFFICE,
     "新模式推行中的问题由领导小组办公室统筹协调。",
     "Where the new model meets problems, the leading group's office brings the parties together."},
    {"3.2-2e", "3.2", "三(二)-2e", DUTY, PILOT_TRACKED, FIRM, GROUP_OFFICE,
     "领导小组办公室督促有关单位和属地政府履职，完成既定任务。",
     "The leading group's office presses the units concerned and the local governments to finish the "
     "tasks set for them."},
    {"3.2-2f", "3.2", "三(二)-2f", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "试点由领导小组办公室考核、评定绩效，经验也由其总结。",
     "The leading group's office examines the pilot, grades how it performed and draws up what was "
     "learnt."},
    {"3.2-3a", "3.2", "三(二)-3a", DUTY, PILOT_COMPUTABLE, SOFT, CITY_GROUP,
     "领导小组成员会议原则上一季度开一次。",
     "As a rule, the members of the city leading group meet once in every quarter."},
    {"3.2-3b", "3.2", "三(二)-3b", PERMISSION, PILOT_COMPUTABLE, FIRM, CITY_GROUP,
     "工作有需要时，领导小组可在季度会议之外另开成员会议。",
     "The city leading group's members may also meet at other times when the work needs it."},
    {"3.2-4a", "3.2", "三(二)-4a", DUTY, PILOT_EVIDENCE, FIRM, HOUSING,
     "试点项目成立业主大会和业主委员会，由市房管局作业务指导。",
     "The city housing bureau advises each pilot project on forming its owners' assembly and "
     "committee."},
    {"3.2-4b", "3.2", "三(二)-4b", DUTY, PILOT_EVIDENCE, FIRM, HOUSING | DISTRICT_HOUSING,
     "市房管局指导区房管部门，督促承接试点的服务企业做好物业服务。",
     "The city housing bureau guides the district housing departments in holding the pilots' service "
     "providers to good service."},
    {"3.2-5a", "3.2", "三(二)-5a", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT,
     "社区环境的综合整治及其验收，都由市城管局组织。",
     "The city management bureau runs the remediation of communities and has the result inspected for "
     "acceptance."},
    {"3.2-5b", "3.2", "三(二)-5b", DUTY, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT,
     "市城管局统筹“门”外六项服务：道路保养保洁、绿化养护、路灯、公厕、市政管网、化粪池。",
     "The city management bureau coordinates 6 services outside the gate: roads, greenery, street "
     "lamps, public toilets, municipal pipes and septic tanks."},
    {"3.2-5c", "3.2", "三(二)-5c", DUTY, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT,
     "社区范围内“门”外公共服务的职责，由市城管局下沉至街道（乡镇）社区。",
     "The city management bureau hands the services outside the gate on to the sub-district or township "
     "and the community."},
    {"3.2-5d", "3.2", "三(二)-5d", FUNDING, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT | FINANCE | DISTRICT,
     "“门”外公共服务的职责下沉时，相应经费一并划拨至街道（乡镇）社区。",
     "When the services outside the gate move to the sub-district or township and the community, their "
     "budget moves with them."},
    {"3.2-5e", "3.2", "三(二)-5e", DUTY, PILOT_TRACKED, FIRM, CITY_MANAGEMENT,
     "物业服务区域的环境卫生由市城管局检查、指导和监督。",
     "The city management bureau inspects how clean property service areas are kept and gives "
     "guidance."},
    {"3.2-5f", "3.2", "三(二)-5f", DUTY, PILOT_TRACKED, FIRM, CITY_MANAGEMENT,
     "服务区域内的户外广告设施，由市城管局加强日常管理和安全检查。",
     "The city management bureau oversees outdoor advertising structures in service areas and checks "
     "that they are safe."},
    {"3.2-5g", "3.2", "三(二)-5g", DUTY, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT,
     "市城管局查处四类行为：违章搭建、车辆乱停乱放、破坏公共绿化、乱设摊点。",
     "The city management bureau acts against 4 offences: stalls set up at will, unlawful building, "
     "cars parked in disorder and harm to public greenery."},
    {"3.2-5h", "3.2", "三(二)-5h", DUTY, PILOT_TRACKED, FIRM, CITY_MANAGEMENT,
     "职责范围内的其他公共服务和行政管理，也由市城管局履行。",
     "The city management bureau also takes care of the other public services and administration in its "
     "remit."},
    {"3.2-6a", "3.2", "三(二)-6a", DUTY, PILOT_TRACKED, FIRM, CIVIL_AFFAIRS,
     "市民政局指导社区居民委员会开展居民自治。",
     "The civil affairs bureau advises residents' committees on self-government by residents."},
    {"3.2-6b", "3.2", "三(二)-6b", DUTY, PILOT_EVIDENCE, FIRM, CIVIL_AFFAIRS,
     "市民政局组织业主委员会成员按规定程序到社区工作站兼职。",
     "The civil affairs bureau arranges, by due procedure, for owners' committee members to work "
     "part-time at the workstation."},
    {"3.2-6c", "3.2", "三(二)-6c", DUTY, PILOT_EVIDENCE, FIRM, CIVIL_AFFAIRS,
     "市民政局将老旧居民区物业服务纳入“1+5+X”邻里中心的考评体系。",
     "The civil affairs bureau makes property service in old areas part of how \"1+5+X\" neighbourhood "
     "centres are rated."},
    {"3.2-7a", "3.2", "三(二)-7a", DUTY, PILOT_EVIDENCE, FIRM, FINANCE,
     "公共服务资金由市财政局统筹划拨。",
     "The city finance bureau plans the money for public services and pays it out."},
    {"3.2-7b", "3.2", "三(二)-7b", DUTY | FUNDING, PILOT_EVIDENCE, FIRM, FINANCE,
     "财政奖励专项资金由市财政局落实安排。",
     "The city finance bureau makes sure that the fund for rewards is budgeted and there."},
    {"3.2-7c", "3.2", "三(二)-7c", DUTY | CONDITION, PILOT_COMPUTABLE, FIRM, FINANCE,
     "奖励资金由市财政局拨付，以领导小组办公室的考核结果为依据，做到及时；天数未定。",
     "The city finance bureau pays rewards without delay once the leading group's office has assessed; "
     "no number of days is set."},
    {"3.2-8", "3.2", "三(二)-8", DUTY, PILOT_EVIDENCE, FIRM, MARKET,
     "物业费、停车费等向居民的收费是否明码标价，由市市场监督管理局监管。",
     "The market supervision bureau checks that property fees, parking fees and other charges to "
     "residents carry a posted price."},
    {"3.2-9a", "3.2", "三(二)-9a", DUTY, PILOT_TRACKED, FIRM, POLICE,
     "市公安局指导、督促服务企业和保安人员做好安全防范。",
     "The public security bureau guides service providers and guards in security and presses them to "
     "keep it up."},
    {"3.2-9b", "3.2", "三(二)-9b", DUTY, PILOT_TRACKED, FIRM, POLICE,
     "服务区域建设安全防范设施，由市公安局指导。",
     "The public security bureau advises on the security equipment that service areas install."},
    {"3.2-9c", "3.2", "三(二)-9c", DUTY, PILOT_TRACKED, FIRM, POLICE,
     "治安案件由市公安局查处，各类治安纠纷由其调解。",
     "The public security bureau pursues offences against public order and mediates the disputes around "
     "them."},
    {"3.2-9d", "3.2", "三(二)-9d", DUTY, PILOT_TRACKED, FIRM, POLICE,
     "市公安局加强四方面管理：保安人员、外来人口、禁燃禁放、养犬。",
     "The public security bureau controls 4 matters: guards, residents from elsewhere, firework bans "
     "and dogs."},
    {"3.2-9e", "3.2", "三(二)-9e", DUTY, PILOT_EVIDENCE, FIRM, TRAFFIC,
     "在开放式老旧居民区的公共道路上划设停车位，由市公安局交管局指导。",
     "The traffic police advise on parking bays marked on public roads within open old areas."},
    {"3.2-9f", "3.2", "三(二)-9f", DUTY, PILOT_TRACKED, FIRM, TRAFFIC,
     "市公安局交管局加强管理服务区域内的车辆乱停放。",
     "The traffic police deal more strictly with disorderly parking in service areas."},
    {"3.2-10", "3.2", "三(二)-10", DUTY, PILOT_TRACKED, FIRM, FIRE,
     "市消防救援支队监督管理三件事：消防设施维护、消防通道堵塞、电动车违规充电。",
     "The fire brigade supervises 3 matters: upkeep of fire equipment, blocked fire lanes and improper "
     "e-bike charging."},
    {"3.2-11", "3.2", "三(二)-11", DUTY, PILOT_TRACKED, FIRM,
     CONSTRUCTION | RESOURCES | ENVIRONMENT | EMERGENCY,
     "建设、应急管理、生态环境、自然资源等部门各司其职，履行管理和服务职责。",
     "The construction, natural resources, environment, emergency and other departments each do their "
     "own administration and service."},
    {"3.2-12a", "3.2", "三(二)-12a", DUTY, PILOT_EVIDENCE, FIRM, DISTRICT, "区政府拟订本区的试点方案。",
     "The district government draws up a pilot scheme for its own district."},
    {"3.2-12b", "3.2", "三(二)-12b", DUTY | ORGANISATION, PILOT_EVIDENCE, FIRM, DISTRICT,
     "区政府成立工作领导小组，统筹协调本区试点。",
     "The district government forms a leading group of its own to run the district's pilots."},
    {"3.2-12c", "3.2", "三(二)-12c", DUTY, PILOT_TRACKED, FIRM, DISTRICT,
     "区政府督促有关单位和街道（乡镇）各尽其责。",
     "The district government presses its units, sub-districts and townships to do their part."},
    {"3.2-12d", "3.2", "三(二)-12d", DUTY, PILOT_EVIDENCE, FIRM, DISTRICT,
     "市领导小组考核试点社区时，所在区政府予以配合。",
     "The district government assists the city leading group when the district's pilot communities are "
     "assessed."},
    {"3.2-12e", "3.2", "三(二)-12e", DUTY, PILOT_EVIDENCE, FIRM, DISTRICT,
     "区政府做好本区试点的经验总结。",
     "The district government records what the district's pilots have taught."},
    {"3.2-13a", "3.2", "三(二)-13a", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, STREET,
     "试点项目的业主大会筹备组，由街道（乡镇）组建。",
     "The sub-district office forms the group that prepares the owners' assembly of each pilot "
     "project."},
    {"3.2-13b", "3.2", "三(二)-13b", DUTY, PILOT_TRACKED, FIRM, STREET,
     "街道（乡镇）指导业主大会、业主委员会有序自治。",
     "The sub-district office helps the owners' assembly and committee to govern themselves in good "
     "order."},
    {"3.2-13c", "3.2", "三(二)-13c", COMPETENCE | PERMISSION, PILOT_COMPUTABLE, FIRM, STREET | RESIDENTS,
     "业主委员会产生前，社区居民委员会经街道（乡镇）指导代行其职责。",
     "As long as there is no owners' committee, the residents' committee stands in for it, guided by "
     "the sub-district office."},
    {"3.2-13d", "3.2", "三(二)-13d", DUTY, PILOT_EVIDENCE, FIRM, STREET,
     "街道（乡镇）配合有关部门承接试点的公共服务。",
     "The sub-district office works with the departments when pilot projects have their public services "
     "taken over."},
    {"3.2-13e", "3.2", "三(二)-13e", DUTY, PILOT_TRACKED, FIRM, STREET,
     "试点的日常工作由社区工作站（居委会）协调，街道（乡镇）指导。",
     "The sub-district office guides the workstation and the residents' committee in the pilots' daily "
     "business."},
    {"3.2-13f", "3.2", "三(二)-13f", DUTY, PILOT_EVIDENCE, FIRM, STREET,
     "街道（乡镇）召集联席会议，协调处理辖区的物业纠纷。",
     "The sub-district office calls the parties to joint meetings and resolves disputes over property "
     "service."},
    {"3.2-14a", "3.2", "三(二)-14a", DUTY, PILOT_TRACKED, FIRM, COMMUNITY,
     "社区工作站（居委会）协调试点的日常问题，将物业管理纳入日常工作。",
     "The workstation and the residents' committee sort out the pilot's daily problems and make "
     "property management routine work."},
    {"3.2-14b", "3.2", "三(二)-14b", DUTY, PILOT_EVIDENCE, FIRM, COMMUNITY,
     "社区工作站（居委会）在街道（乡镇）指导下开展自治，组织业主委员会成员按规定程序兼职。",
     "Guided by the sub-district office, the workstation and the residents' committee practise "
     "self-government and take in owners' committee members part-time by due procedure."},
    {"3.2-14c", "3.2", "三(二)-14c", DUTY, PILOT_EVIDENCE, FIRM, COMMUNITY,
     "社区工作站（居委会）配合承接公共服务，在民政部门指导下把物业服务纳入“1+5+X”邻里中心建设。",
     "The workstation and the residents' committee help take on public services and, guided by civil "
     "affairs, make property service a part of building \"1+5+X\" neighbourhood centres."},

    {"4.1-1", "4.1", "四(一)-1", DUTY, PILOT_EVIDENCE, SOFT, COMMITTEE | WORKSTATION,
     "业主委员会相关人员经规定程序在社区工作站兼职。",
     "The owners' committee members concerned also work part-time at the community workstation, by due "
     "procedure."},
    {"4.1-2", "4.1", "四(一)-2", PERMISSION, PILOT_COMPUTABLE, FIRM, COMMITTEE,
     "业主委员会的兼职人员可在社区工作站领取报酬；数额未定。",
     "Owners' committee members who work part-time at the workstation may be paid by it; no sum is laid "
     "down."},
    {"4.1-3", "4.1", "四(一)-3", DUTY, PILOT_EVIDENCE, FIRM, WORKSTATION,
     "社区工作站应把物业管理纳入日常工作。",
     "The workstation has to treat property management as part of its daily work."},
    {"4.1-4", "4.1", "四(一)-4", THRESHOLD, PILOT_COMPUTABLE, FIRM, WORKSTATION,
     "社区工作站应明确至少1人负责物业管理。",
     "The workstation has to put at least 1 of its staff in charge of the community's property "
     "management."},

    {"4.2-1", "4.2", "四(二)-1", THRESHOLD, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "试点社区应有物业管理用房，办公面积不低于120平方米。",
     "A pilot community has to have a property office with 120 m² of office space or more."},
    {"4.2-2", "4.2", "四(二)-2", PERMISSION, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "社区无物业管理用房的，可借整治或邻里中心建设配建，也可长期租赁或合署办公。",
     "A community without a property office may build one during remediation or with a neighbourhood "
     "centre, take a long lease, or share an office."},
    {"4.2-3", "4.2", "四(二)-3", PROHIBITION | DEFINITION, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "居民区与社区一一对应，一个老旧居民区不得跨社区。",
     "Areas and communities correspond one to one: no old residential area may lie in two communities."},
    {"4.2-4", "4.2", "四(二)-4", ENCOURAGEMENT, PILOT_TRACKED, SOFT, ASSEMBLY | PROVIDER,
     "鼓励同一社区的各业主大会聘请同一家企业或机构，并鼓励企业将降低成本的收益部分返还社区建设。",
     "The owners' assemblies of one community are encouraged to hire the same service provider, and the "
     "provider to give part of what it saves to community building."},

    {"4.3-1", "4.3", "四(三)-1", DEFINITION, PILOT_COMPUTABLE, FIRM,
     GRID_DEPARTMENTS | FINANCE | DISTRICT_FINANCE | LOCAL | COMMITTEE | PROVIDER | OWNERS,
     "老旧居民区的管理分三块：“门”内物业服务、“门”外公共服务、贯通内外的行政管理。",
     "Old areas are run in three parts: property service inside the gate, public service outside, "
     "administration across both."},
    {"4.3-2", "4.3", "四(三)-2", DUTY | CONDITION, PILOT_EVIDENCE, FIRM, COMMITTEE | PROVIDER,
     "“门”内服务的内容、标准、价格等，由业主委员会与服务企业或机构以书面合同约定。",
     "Inside the gate, a written contract between owners' committee and service provider settles "
     "content, standard, price and so on."},
    {"4.3-3", "4.3", "四(三)-3", PERMISSION, PILOT_COMPUTABLE, FIRM, ASSEMBLY | COMMITTEE | PROVIDER,
     "“门”内可实行综合服务，也可从菜单中选择单项或组合，如保洁、保安。",
     "Service inside the gate may be comprehensive, or chosen from a menu: one item, for example "
     "cleaning or guards, or several together."},
    {"5.4-2b", "5.4", "五(四)-2b", CONDITION, PILOT_COMPUTABLE, FIRM, PROVIDER,
     "供选的菜单须有不同价位，质价相符。",
     "The menus on offer have to differ in price, and quality has to be in keeping with what is asked."},
    {"4.3-4", "4.3", "四(三)-4", DEFINITION, PILOT_COMPUTABLE, FIRM, LOCAL,
     "“门”外的公共服务集中化：道路、绿化、路灯、公厕、市政管网、化粪池。",
     "Public services outside the gate are brought into one hand: roads, greenery, street lamps, public "
     "toilets, municipal pipes and septic tanks."},
    {"4.3-5", "4.3", "四(三)-5", DUTY, PILOT_EVIDENCE, FIRM, LOCAL,
     "“门”外公共服务的职责连同资源，一并下沉至街道（乡镇）社区。",
     "For services outside the gate, the resources pass to the sub-district or township and the "
     "community together with the duty."},
    {"4.3-6", "4.3", "四(三)-6", DUTY, PILOT_EVIDENCE, FIRM, LOCAL,
     "街道（乡镇）和社区统筹整合资源，公共服务统一履行。",
     "The sub-district or township and the community join their resources and deliver the public "
     "services as one."},
    {"4.3-7", "4.3", "四(三)-7", FUNDING | COMPETENCE, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT,
     "“门”外公共服务的经费由市城管局统筹。",
     "The city management bureau plans how the money for services outside the gate is used."},
    {"4.3-8", "4.3", "四(三)-8", FUNDING, PILOT_COMPUTABLE, FIRM, FINANCE | DISTRICT_FINANCE,
     "市、区财政把“门”外服务的经费划拨给街道（乡镇）社区，费随事转；两级比例未定。",
     "City and district finance pay the sub-district or township and the community for services outside "
     "the gate, the money following the task; no ratio is set."},
    {"4.3-9", "4.3", "四(三)-9", FUNDING, PILOT_COMPUTABLE, FIRM, NOBODY,
     "“门”外服务原提供单位的经费作相应核减。",
     "Those who used to provide the services outside the gate have their budgets cut to match."},
    {"4.3-10", "4.3", "四(三)-10", ENCOURAGEMENT, PILOT_TRACKED, SOFT, CITY_GROUP | DISTRICT,
     "鼓励组建国有企业，由其统一承揽“门”外的公共服务。",
     "It is encouraged to form a state-owned company that takes on every service outside the gate."},
    {"4.3-11", "4.3", "四(三)-11", ENCOURAGEMENT, PILOT_TRACKED, SOFT, DISTRICT | COMMUNITY,
     "鼓励“门”内、“门”外由同一家机构服务，做到无缝衔接。",
     "It is encouraged to have one institution serve both sides of the gate, so that nothing falls "
     "between them."},
    {"4.3-12", "4.3", "四(三)-12", DUTY, PILOT_EVIDENCE, FIRM, GRID_DEPARTMENTS,
     "公安、消防、城管、环保等部门的行政执法按网格下沉至街道（乡镇）社区，分片到人，挂牌服务。",
     "Police, fire brigade, city management, environment and others bring enforcement down to the "
     "community by grid, with a posted officer for each patch."},
    {"4.3-13", "4.3", "四(三)-13", DUTY | THRESHOLD, PILOT_COMPUTABLE, FIRM, GRID_DEPARTMENTS,
     "公安、消防、城管、环保等部门须明确片区责任人，并与居委会网格员对接。",
     "Police, fire brigade, city management, environment and others each have to have an officer in "
     "charge of every patch, in touch with the grid staff."},
    {"4.3-14", "4.3", "四(三)-14", RIGHT, PILOT_EVIDENCE, FIRM, OWNERS | RESIDENTS,
     "居民可直接向部门的片区责任人反映举报问题，也可由居委会代为反映。",
     "Residents may report to a department's officer in charge themselves, or have the residents' "
     "committee do it."},
    {"4.3-15", "4.3", "四(三)-15", DUTY, PILOT_TRACKED, FIRM, GRID_DEPARTMENTS,
     "有关部门对居民反映的问题，应按职责及时办理；期限未定。",
     "Departments have to act promptly on what residents report; no term is set."},

    {"4.4-1", "4.4", "四(四)-1", PRINCIPLE | FUNDING, PILOT_COMPUTABLE, SOFT, OWNERS,
     "遵循市场运作、业主付费、政府扶持；物业服务费由居民（单位）承担。",
     "The market does the work and government helps; residents or units pay the property fee "
     "themselves."},
    {"4.4-2", "4.4", "四(四)-2", DUTY, PILOT_TRACKED, FIRM, DISTRICT,
     "各区考虑业主的经济承受能力和消费习惯，测算居民的物业服务费标准。",
     "Districts work out what fee residents should pay, considering what owners can afford and are used "
     "to."},
    {"4.4-3", "4.4", "四(四)-3", PROHIBITION, PILOT_COMPUTABLE, FIRM, DISTRICT | COMMUNITY | PROVIDER,
     "此前已收取的费用，不得重复收取。",
     "A fee that has already been collected may not be collected a second time."},
    {"4.4.1-1", "4.4.1", "四(四)1-1", CONDITION, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "试点期内，试点社区享受资金和政策扶持，其物业服务工作要受考核。",
     "During the pilot, pilot communities get money and policy support, and their property service work "
     "is assessed."},
    {"4.4.1-2", "4.4.1", "四(四)1-2", CONDITION, PILOT_COMPUTABLE, FIRM, GROUP_OFFICE | FINANCE,
     "以奖代补：考核合格的才发放奖励。",
     "A reward takes the place of a subsidy: only those that pass the assessment get it."},
    {"4.4.1-3", "4.4.1", "四(四)1-3", AMOUNT | DEADLINE, PILOT_COMPUTABLE, FIRM, FINANCE | DISTRICT,
     "奖励期稳定5年，自2019年至2023年。", "The reward period is fixed at 5 years, from 2019 to 2023."},
    {"4.4.1-4", "4.4.1", "四(四)1-4", AMOUNT, PILOT_COMPUTABLE, FIRM, FINANCE | DISTRICT,
     "奖励标准按每户每月计：2019至2021年18元，2022年12元，2023年6元。",
     "The reward rate for each household and month is 18 yuan from 2019 to 2021, 12 yuan in 2022 and 6 "
     "yuan in 2023."},
    {"4.4.1-5", "4.4.1", "四(四)1-5", FUNDING, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "奖励资金用于补贴社区经费的不足。",
     "Reward money is for filling the gap in the community's own budget."},
    {"4.4.1-6", "4.4.1", "四(四)1-6", AMOUNT, PILOT_COMPUTABLE, FIRM, FINANCE,
     "奖励金额为服务区域内的总户数乘以奖励标准。",
     "The reward is the rate times the number of households, counting all in the service area."},
    {"4.4.1-7", "4.4.1", "四(四)1-7", COMPETENCE, PILOT_EVIDENCE, FIRM, CITY_GROUP,
     "考核办法由市领导小组制定。",
     "How pilot communities are assessed is for the city leading group to lay down."},
    {"4.4.1-8", "4.4.1", "四(四)1-8", AMOUNT | FUNDING, PILOT_COMPUTABLE, FIRM,
     FINANCE | DISTRICT_FINANCE, "奖励资金由市、区财政分担，各承担50%。",
     "City finance and district finance each pay 50% of the reward."},
    {"4.4.2-1", "4.4.2", "四(四)2-1", PERMISSION, PILOT_EVIDENCE, FIRM, PROJECT,
     "试点项目可在服务区域内依法开展广告位和快递储存柜场地租赁、再生资源经营等。",
     "Within its service area and within the law, a pilot project may let advertising space and "
     "parcel-locker sites, trade in recyclables and the like."},
    {"4.4.2-2", "4.4.2", "四(四)2-2", FUNDING, PILOT_COMPUTABLE, FIRM, PROJECT,
     "广告、快递储存柜、再生资源等经营收益，须用于本项目的物业服务。",
     "What a project earns from advertising, lockers, recycling and the like has to be spent on "
     "property service in that project."},
    {"4.4.2-3", "4.4.2", "四(四)2-3", PERMISSION | CONDITION, PILOT_EVIDENCE, FIRM, DISTRICT,
     "不违反规划原则的，区政府可依法在道路、场地划设停车位。",
     "Provided planning principles hold, the district government may, under the law, lay out parking "
     "bays on roads and open ground."},
    {"4.4.2-4", "4.4.2", "四(四)2-4", PERMISSION, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "区政府可就所划设的停车位收取停车管理费；费率未定。",
     "The district government may charge for parking in the bays it has marked; no tariff is set."},
    {"4.4.2-5", "4.4.2", "四(四)2-5", FUNDING, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "停车管理费用于补贴试点社区的经费不足。",
     "Parking income makes up for what the pilot community's budget lacks."},

    {"4.5-1", "4.5", "四(五)-1", PRINCIPLE, PILOT_MIXED, SOFT, PROVIDER,
     "坚持有偿服务，自主经营，保本微利。",
     "Service is paid for; providers manage on their own, cover their costs and make a small profit."},
    {"4.5-2", "4.5", "四(五)-2", PERMISSION, PILOT_COMPUTABLE, FIRM, PROVIDER,
     "服务企业和专业机构不论国有、民营，均可参与。",
     "State-owned and private service providers alike may take part."},
    {"4.5-3", "4.5", "四(五)-3", RIGHT, PILOT_TRACKED, FIRM, PROVIDER,
     "参与的企业、机构享受相应的奖励资金和扶持政策。",
     "Service providers that take part benefit from the rewards and support that go with it."},

    {"5.1-1", "5.1", "五(一)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "第一步规划选点，至迟2019年8月31日完成。",
     "Step 1, choosing the sites, is to be complete by 31 August 2019."},
    {"5.1-2", "5.1", "五(一)-2", DUTY, PILOT_EVIDENCE, FIRM, DISTRICT, "选点通过居民意愿调查进行。",
     "Sites are chosen after asking residents in a survey whether they are willing."},
    {"5.1-3", "5.1", "五(一)-3", THRESHOLD, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "每区选择2个开放式老旧居民区，业主须有意愿、愿配合。",
     "Each district chooses 2 open old areas whose owners want the pilot and will help it along."},
    {"5.1-4", "5.1", "五(一)-4", PRINCIPLE, PILOT_TRACKED, SOFT, DISTRICT, "选点先易后难，试点后推开。",
     "Districts begin where it is easiest and extend what has been tried."},
    {"5.1-5", "5.1", "五(一)-5", PERMISSION, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "已完成整治的社区可选，2019年正在整治的项目也可选。",
     "Either a community already remediated or a project still under remediation in 2019 may be "
     "chosen."},
    {"5.2-1", "5.2", "五(二)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT | DISTRICT,
     "第二步综合整治，至迟2019年12月31日完成；仅限当年正在整治的项目。",
     "Step 2, remediation, is to be complete by 31 December 2019, for projects under remediation that "
     "year."},
    {"5.2-2", "5.2", "五(二)-2", COMPETENCE | DUTY, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT | DISTRICT,
     "整治由市城管局牵头，区政府具体实施。",
     "The city management bureau leads the remediation and the district governments carry it out."},
    {"5.2-3", "5.2", "五(二)-3", THRESHOLD, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT | DISTRICT,
     "整治做到九项：道路平整、排水畅通、楼道整洁、庭院美化、照明完好、店招规范、车停有序、电动车充电点位"
     "、物业管理用房。",
     "Remediation covers 9 items: roads, drainage, stairwells, courtyards, lighting, shop signs, "
     "parking, an e-bike parking and charging point, and a property office."},
    {"5.2-4", "5.2", "五(二)-4", CONDITION, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT | DISTRICT | PROVIDER,
     "整治要为服务企业或机构入驻创造条件。",
     "Remediation is to make it possible for the service provider to move in."},
    {"5.2-5", "5.2", "五(二)-5", DUTY, PILOT_TRACKED, SOFT, DISTRICT, "有条件封闭的小区，尽量封闭。",
     "Compounds that can be closed off should be closed off as far as possible."},
    {"5.3-1", "5.3", "五(三)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, LOCAL,
     "第三步，业主大会和业主委员会至迟2019年11月30日成立。",
     "Step 3, forming the owners' assembly and committee, is to be complete by 30 November 2019."},
    {"5.3-2", "5.3", "五(三)-2", DUTY, PILOT_EVIDENCE, FIRM, LOCAL | DISTRICT_HOUSING,
     "街道（乡镇）和社区发动业主参与，在区房管部门指导下开会，选举业主委员会。",
     "The sub-district or township and the community rally the owners, who meet and choose a committee "
     "under the district housing department's guidance."},
    {"5.4-1", "5.4", "五(四)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, PROJECT,
     "第四步选聘企业或机构并进驻服务，在2019年12月内。",
     "Step 4, hiring the service provider and starting service, falls in December 2019."},
    {"5.4-2", "5.4", "五(四)-2", COMPETENCE | DUTY, PILOT_COMPUTABLE, FIRM, ASSEMBLY,
     "服务企业和服务标准，由业主大会从各家菜单中投票选择。",
     "The owners' assembly votes to pick, from the menus offered, the service provider and the standard "
     "of service."},
    {"5.4-3", "5.4", "五(四)-3", DUTY, PILOT_TRACKED, FIRM, LOCAL,
     "街道（乡镇）和社区予以指导，选择由业主大会作出。",
     "The sub-district or township and the community guide the owners' assembly; the choice is the "
     "assembly's."},
    {"5.4-4", "5.4", "五(四)-4", DUTY, PILOT_EVIDENCE, FIRM, COMMITTEE | PROVIDER,
     "业主委员会经街道（乡镇）和社区指导，与业主大会选聘的企业或机构签订服务合同。",
     "Guided by the sub-district or township and the community, the owners' committee signs a contract "
     "with the service provider that the assembly chose."},
    {"5.4-5", "5.4", "五(四)-5", DUTY, PILOT_EVIDENCE, FIRM, PROVIDER,
     "服务企业或机构按合同约定进驻，提供服务。",
     "The service provider moves in and does what the contract says."},
    {"5.5-1", "5.5", "五(五)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, GROUP_OFFICE,
     "第五步考核验收，至迟2020年2月29日完成。",
     "Step 5, assessment and acceptance, is to be complete by 29 February 2020."},
    {"5.5-2", "5.5", "五(五)-2", DUTY, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "各区的试点项目，领导小组办公室都要组织考核验收。",
     "The leading group's office has to have the pilot projects of every district assessed."},
    {"5.5-3", "5.5", "五(五)-3", DUTY | AMOUNT, PILOT_COMPUTABLE, FIRM, GROUP_OFFICE | FINANCE,
     "社区考核合格的，要发放奖励，推广其经验。",
     "A community that passes the assessment has to get the reward, and its experience has to be "
     "spread."},
    {"5.5-4", "5.5", "五(五)-4", DUTY, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "社区考核不合格的，要总结经验教训。",
     "Where a community fails the assessment, the reasons have to be found and learnt from."},

    {"6.1-1", "6.1", "六(一)-1", ORGANISATION | DUTY, PILOT_EVIDENCE, FIRM, DISTRICT,
     "各区对应成立专项工作机构和领导小组。",
     "Each district sets up a special working body and a leading group to match those of the city."},
    {"6.1-2", "6.1", "六(一)-2", PRINCIPLE, PILOT_TRACKED, SOFT, DISTRICT,
     "区主要领导亲自抓，分管领导负责具体工作，其他领导予以配合。",
     "The district's chief takes the lead, the deputy in charge sees to the work and the other leaders "
     "help."},
    {"6.1-3", "6.1", "六(一)-3", DUTY | DEADLINE, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "各区的每项工作都须按时间节点完成。",
     "Districts have to complete each piece of work by the date that its step sets."},
    {"6.2-1", "6.2", "六(二)-1", DUTY, PILOT_TRACKED, FIRM, CITY_GROUP | DISTRICT_GROUP,
     "市、区领导小组对共性问题协调调度，督导各区。",
     "The city and district leading groups clear up problems that districts share and see that they "
     "follow the scheme."},
    {"6.2-2", "6.2", "六(二)-2", SANCTION, PILOT_COMPUTABLE, FIRM, CITY_GROUP | DISTRICT,
     "未达到进度等工作要求的区，予以通报批评。",
     "A district that falls behind or misses another requirement is named in a circular of criticism."},
    {"6.3", "6.3", "六(三)", DUTY, PILOT_TRACKED, FIRM,
     CITY_MANAGEMENT | HOUSING | CONSTRUCTION | RESOURCES | CIVIL_AFFAIRS | FINANCE,
     "凡涉及的部门，如房管、城管、民政、财政、建设、自然资源，务必齐抓共管。",
     "The departments concerned, among them housing, city management, civil affairs, finance, "
     "construction and natural resources, have to act in concert."},
    {"6.4", "6.4", "六(四)", DUTY, PILOT_TRACKED, FIRM, LOCAL,
     "街道（乡镇）和社区党组织通过座谈、上门、新闻报道等方式宣传，动员群众参与。",
     "Sub-district and community party bodies spread the word through meetings, house calls and the "
     "press, and get residents involved."},
    {"6.5", "6.5", "六(五)", PRINCIPLE | DUTY, PILOT_TRACKED, SOFT, AUTHORITIES,
     "试点要着眼长远，形成可复制、可推广的经验做法。",
     "With the long run in view, the pilot should yield experience that others can use."},
};

#define CLAUSE_COUNT (sizeof catalogue / sizeof catalogue[0])
_Static_assert(CLAUSE_COUNT <= PILOT_CLAUSES_MAX, "the tables by clause are too short");

size_t pilot_clause_count(void)
{
    return CLAUSE_COUNT;
}

const pilot_clause *pilot_clause_at(size_t index)
{
    return index < CLAUSE_COUNT ? &catalogue[index] : NULL;
}

const pilot_clause *pilot_clause_find(const char *id)
{
    if (id == NULL)
        return NULL;
    for (size_t i = 0; i < CLAUSE_COUNT; i++)
        if (*catalogue[i].id == *id && strcmp(catalogue[i].id, id) == 0)
            return &catalogue[i];
    return NULL;
}

static bool in_section(const pilot_clause *clause, const char *section)
{
    size_t length = strlen(section);
    if (strncmp(clause->section, section, length) != 0)
        return false;
    char next = clause->section[length];
    return next == '\0' || next == '.';
}

static bool shares_bit(uint32_t bits, uint32_t mask)
{
    return mask == 0 || (bits & mask) != 0;
}

static bool passes(const pilot_clause *clause, const pilot_clause_filter *filter)
{
    if (filter == NULL)
        return true;
    return shares_bit(clause->kinds, filter->kinds) &&
           shares_bit((uint32_t)clause->clause_class, filter->classes) &&
           shares_bit(clause->actors, filter->actors) &&
           (filter->section == NULL || in_section(clause, filter->section));
}

const pilot_clause *pilot_clause_next(const pilot_clause *after, const pilot_clause_filter *filter)
{
    const pilot_clause *end = catalogue + CLAUSE_COUNT;
    size_t index;
    const bool copied =
        after && !pilot_element_of(catalogue, CLAUSE_COUNT, sizeof *catalogue, after, &index);
    if (copied && !(after = pilot_clause_find(after->id)))
        return NULL;
    const pilot_clause *clause = after == NULL ? catalogue : after + 1;
    for (; clause < end; clause++)
        if (passes(clause, filter))
            return clause;
    return NULL;
}

/* By the number of the bit. */
const words pilot_kind_words = WORD_LIST(
    {"definition", "定义", "definition"}, {"principle", "原则", "principle"},
    {"scope", "适用范围", "scope"}, {"organisation", "组织", "organisation"},
    {"competence", "职权", "competence"}, {"duty", "职责", "duty"}, {"condition", "条件", "condition"},
    {"threshold", "数量标准", "threshold"}, {"amount", "金额", "amount"}, {"funding", "资金", "funding"},
    {"deadline", "期限", "deadline"}, {"permission", "允许", "permission"},
    {"encouragement", "鼓励", "encouragement"}, {"prohibition", "禁止", "prohibition"},
    {"right", "权利", "right"}, {"sanction", "追责", "sanction"});
const words pilot_clause_class_words =
    WORD_LIST({"computable", "可计算", "computable"}, {"evidence", "凭证据判断", "needs evidence"},
              {"tracked", "仅跟踪", "only tracked"},
              {"mixed", "原则而可部分计算", "a principle with a computable side"});

/* By pilot_actor, which begins with none. */
const words pilot_actor_words = WORD_LIST(
    {0}, {"city_leading_group", "市领导小组", "city leading group"},
    {"leading_group_office", "领导小组办公室", "leading group office"},
    {"housing_bureau", "市房管局", "city housing bureau"},
    {"city_management_bureau", "市城管局", "city management bureau"},
    {"civil_affairs_bureau", "市民政局", "city civil affairs bureau"},
    {"finance_bureau", "市财政局", "city finance bureau"},
    {"construction_bureau", "市建设局", "city construction bureau"},
    {"market_supervision_bureau", "市市场监督管理局", "city market supervision bureau"},
    {"public_security_bureau", "市公安局", "city public security bureau"},
    {"traffic_police", "市公安局交管局", "city traffic police"},
    {"emergency_bureau", "市应急管理局", "city emergency management bureau"},
    {"natural_resources_bureau", "市自然资源局", "city natural resources bureau"},
    {"environment_bureau", "市生态环境局", "city ecology and environment bureau"},
    {"fire_brigade", "市消防救援支队", "city fire and rescue brigade"},
    {"district_government", "区政府", "district government"},
    {"district_leading_group", "区领导小组", "district leading group"},
    {"district_housing", "区房管部门", "district housing department"},
    {"district_finance", "区财政", "district finance"},
    {"street", "街道办事处（乡镇政府）", "sub-district office (township)"},
    {"workstation", "社区工作站", "community workstation"},
    {"residents_committee", "社区居民委员会", "residents' committee"},
    {"assembly", "业主大会", "owners' assembly"}, {"committee", "业主委员会", "owners' committee"},
    {"provider", "物业服务企业或专业机构", "service provider"},
    {"owners", "居民（单位）", "residents (units)"});

WORDED_BITS(pilot_kind, pilot_kind, pilot_kind_words)
WORDED_BITS(pilot_clause_class, pilot_clause_class, pilot_clause_class_words)
WORDED(pilot_actor, pilot_actor, pilot_actor_words)
