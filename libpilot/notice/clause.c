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
     "方案经市政府批准，收文单位须照此执行。",
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
     "先把居民区整治好，再提升管理。",
     "An area is first put in repair; only then is its management raised."},
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
     "试点之后归纳出别处可照做的办法，供全市铺开时用。",
     "After the pilot, what worked is written up so that it can be repeated when the whole city "
     "follows."},

    {"3-1", "3", "三-1", ORGANISATION | COMPETENCE, PILOT_EVIDENCE, FIRM, CITY_GROUP,
     "市里设立领导小组，由其统筹试点、决定重大问题。",
     "The city forms a leading group, which steers the pilot and settles its major problems."},
    {"3.1-1", "3.1", "三(一)-1", ORGANISATION, PILOT_COMPUTABLE, FIRM, CITY_GROUP,
     "市领导小组19人：组长1人（由副市长担任），副组长3人，成员15人。",
     "The city leading group has 19 seats: a vice-mayor as its head, 3 deputy heads and 15 members."},
    {"3.1-2", "3.1", "三(一)-2", ORGANISATION, PILOT_EVIDENCE, FIRM, HOUSING,
     "领导小组办公室放在市房管局，由该局一名副局长兼任主任。",
     "The leading group's office is at the city housing bureau, and a deputy director of the bureau "
     "heads it."},
    {"3.1-3", "3.1", "三(一)-3", ORGANISATION, PILOT_TRACKED, FIRM,
     HOUSING | CITY_MANAGEMENT | CIVIL_AFFAIRS | POLICE | TRAFFIC | FIRE | FINANCE,
     "领导小组办公室的人手来自房管、财政、城管、民政、消防、公安及其交管等部门。",
     "Housing, city management, civil affairs, police, traffic police, fire brigade, finance and others "
     "lend the leading group's office its staff."},

    {"3.2-1", "3.2", "三(二)-1", PRINCIPLE, PILOT_TRACKED, SOFT, CITY_BODIES | DISTRICT | LOCAL,
     "市直部门、区、街道（乡镇）和社区上下配合，共同推进。",
     "City departments, districts, sub-districts and communities should work closely together."},
    {"3.2-2a", "3.2", "三(二)-2a", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "领导小组办公室起草试点方案和配套的管理政策。",
     "The leading group's office writes the draft scheme and the management policies that go with it."},
    {"3.2-2b", "3.2", "三(二)-2b", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "领导小组办公室把目标拆成任务，划清成员单位各自的职责。",
     "The leading group's office turns the targets into tasks and sets out which member does what."},
    {"3.2-2c", "3.2", "三(二)-2c", DUTY, PILOT_TRACKED, FIRM, GROUP_OFFICE,
     "领导小组办公室在全市组织并推动这项工作。",
     "The leading group's office gets the work going in the whole city and keeps it moving."},
    {"3.2-2d", "3.2", "三(二)-2d", DUTY, PILOT_TRACKED, FIRM, GROUP_OFFICE,
     "新模式推行中的问题由领导小组办公室出面协调。",
     "Where the new model meets problems, the leading group's office brings the parties together."},
    {"3.2-2e", "3.2", "三(二)-2e", DUTY, PILOT_TRACKED, FIRM, GROUP_OFFICE,
     "领导小组办公室督促有关单位和所在地政府履职，做完既定任务。",
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
     "试点项目组建业主大会和业主委员会，由市房管局作业务指导。",
     "The city housing bureau advises each pilot project on forming its owners' assembly and "
     "committee."},
    {"3.2-4b", "3.2", "三(二)-4b", DUTY, PILOT_EVIDENCE, FIRM, HOUSING | DISTRICT_HOUSING,
     "市房管局指导区房管部门，督促试点的服务企业尽责。",
     "The city housing bureau guides the district housing departments in holding the pilots' service "
     "providers to good service."},
    {"3.2-5a", "3.2", "三(二)-5a", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT,
     "社区环境的综合整治及其验收，都由市城管局组织。",
     "The city management bureau runs the remediation of communities and has the result inspected for "
     "acceptance."},
    {"3.2-5b", "3.2", "三(二)-5b", DUTY, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT,
     "市城管局统筹门外六项服务：道路养护清扫、绿化、路灯、公厕、市政管网、化粪池。",
     "The city management bureau coordinates 6 services outside the gate: roads, greenery, street "
     "lamps, public toilets, municipal pipes and septic tanks."},
    {"3.2-5c", "3.2", "三(二)-5c", DUTY, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT,
     "门外公共服务的职责，在社区内的由市城管局转交街道（乡镇）社区。",
     "The city management bureau hands the services outside the gate on to the sub-district or township "
     "and the community."},
    {"3.2-5d", "3.2", "三(二)-5d", FUNDING, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT | FINANCE | DISTRICT,
     "门外公共服务的职责转交时，对应的经费一同拨到街道（乡镇）社区。",
     "When the services outside the gate move to the sub-district or township and the community, their "
     "budget moves with them."},
    {"3.2-5e", "3.2", "三(二)-5e", DUTY, PILOT_TRACKED, FIRM, CITY_MANAGEMENT,
     "物业服务区域的卫生状况由市城管局检查、督导。",
     "The city management bureau inspects how clean property service areas are kept and gives "
     "guidance."},
    {"3.2-5f", "3.2", "三(二)-5f", DUTY, PILOT_TRACKED, FIRM, CITY_MANAGEMENT,
     "服务区域内的户外广告设施，由市城管局日常管理并查安全。",
     "The city management bureau oversees outdoor advertising structures in service areas and checks "
     "that they are safe."},
    {"3.2-5g", "3.2", "三(二)-5g", DUTY, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT,
     "市城管局查处四类行为：违章搭建、乱停车、毁坏公共绿化、乱摆摊。",
     "The city management bureau acts against 4 offences: stalls set up at will, unlawful building, "
     "cars parked in disorder and harm to public greenery."},
    {"3.2-5h", "3.2", "三(二)-5h", DUTY, PILOT_TRACKED, FIRM, CITY_MANAGEMENT,
     "职权内其余的公共服务和行政管理，也由市城管局承担。",
     "The city management bureau also takes care of the other public services and administration in its "
     "remit."},
    {"3.2-6a", "3.2", "三(二)-6a", DUTY, PILOT_TRACKED, FIRM, CIVIL_AFFAIRS,
     "市民政局指导社区居民委员会组织居民自治。",
     "The civil affairs bureau advises residents' committees on self-government by residents."},
    {"3.2-6b", "3.2", "三(二)-6b", DUTY, PILOT_EVIDENCE, FIRM, CIVIL_AFFAIRS,
     "市民政局组织业主委员会成员按程序在社区工作站兼任职务。",
     "The civil affairs bureau arranges, by due procedure, for owners' committee members to work "
     "part-time at the workstation."},
    {"3.2-6c", "3.2", "三(二)-6c", DUTY, PILOT_EVIDENCE, FIRM, CIVIL_AFFAIRS,
     "老旧居民区物业服务由市民政局列为“1+5+X”邻里中心的考评内容。",
     "The civil affairs bureau makes property service in old areas part of how \"1+5+X\" neighbourhood "
     "centres are rated."},
    {"3.2-7a", "3.2", "三(二)-7a", DUTY, PILOT_EVIDENCE, FIRM, FINANCE,
     "公共服务的资金由市财政局统一安排、拨出。",
     "The city finance bureau plans the money for public services and pays it out."},
    {"3.2-7b", "3.2", "三(二)-7b", DUTY | FUNDING, PILOT_EVIDENCE, FIRM, FINANCE,
     "奖励用的专项资金由市财政局落实。",
     "The city finance bureau makes sure that the fund for rewards is budgeted and there."},
    {"3.2-7c", "3.2", "三(二)-7c", DUTY | CONDITION, PILOT_COMPUTABLE, FIRM, FINANCE,
     "奖励由市财政局发放，以领导小组办公室的考核为准，不得拖延；天数未定。",
     "The city finance bureau pays rewards without delay once the leading group's office has assessed; "
     "no number of days is set."},
    {"3.2-8", "3.2", "三(二)-8", DUTY, PILOT_EVIDENCE, FIRM, MARKET,
     "物业费、停车费等向居民的收费是否明码标价，由市市场监督管理局监管。",
     "The market supervision bureau checks that property fees, parking fees and other charges to "
     "residents carry a posted price."},
    {"3.2-9a", "3.2", "三(二)-9a", DUTY, PILOT_TRACKED, FIRM, POLICE,
     "市公安局指导并督促服务企业和保安做好安防。",
     "The public security bureau guides service providers and guards in security and presses them to "
     "keep it up."},
    {"3.2-9b", "3.2", "三(二)-9b", DUTY, PILOT_TRACKED, FIRM, POLICE,
     "服务区域装设安防设施，由市公安局指导。",
     "The public security bureau advises on the security equipment that service areas install."},
    {"3.2-9c", "3.2", "三(二)-9c", DUTY, PILOT_TRACKED, FIRM, POLICE,
     "扰乱治安的案件由市公安局查处，由此起的纠纷由其调解。",
     "The public security bureau pursues offences against public order and mediates the disputes around "
     "them."},
    {"3.2-9d", "3.2", "三(二)-9d", DUTY, PILOT_TRACKED, FIRM, POLICE,
     "市公安局管四件事：保安、外来人口、烟花爆竹禁放、养犬。",
     "The public security bureau controls 4 matters: guards, residents from elsewhere, firework bans "
     "and dogs."},
    {"3.2-9e", "3.2", "三(二)-9e", DUTY, PILOT_EVIDENCE, FIRM, TRAFFIC,
     "在开放式老旧居民区的公共道路上划车位，由市公安局交管局指导。",
     "The traffic police advise on parking bays marked on public roads within open old areas."},
    {"3.2-9f", "3.2", "三(二)-9f", DUTY, PILOT_TRACKED, FIRM, TRAFFIC,
     "市公安局交管局加大力度，管住服务区域里的乱停车。",
     "The traffic police deal more strictly with disorderly parking in service areas."},
    {"3.2-10", "3.2", "三(二)-10", DUTY, PILOT_TRACKED, FIRM, FIRE,
     "市消防救援支队监管三件事：消防设施的维护、消防通道被堵、电动车违规充电。",
     "The fire brigade supervises 3 matters: upkeep of fire equipment, blocked fire lanes and improper "
     "e-bike charging."},
    {"3.2-11", "3.2", "三(二)-11", DUTY, PILOT_TRACKED, FIRM,
     CONSTRUCTION | RESOURCES | ENVIRONMENT | EMERGENCY,
     "建设、应急管理、生态环境、自然资源等部门尽各自的管理和服务之责。",
     "The construction, natural resources, environment, emergency and other departments each do their "
     "own administration and service."},
    {"3.2-12a", "3.2", "三(二)-12a", DUTY, PILOT_EVIDENCE, FIRM, DISTRICT, "区政府写出本区的试点方案。",
     "The district government draws up a pilot scheme for its own district."},
    {"3.2-12b", "3.2", "三(二)-12b", DUTY | ORGANISATION, PILOT_EVIDENCE, FIRM, DISTRICT,
     "区政府设立区领导小组，统筹本区试点。",
     "The district government forms a leading group of its own to run the district's pilots."},
    {"3.2-12c", "3.2", "三(二)-12c", DUTY, PILOT_TRACKED, FIRM, DISTRICT,
     "区政府督促有关单位和街道（乡镇）尽到责任。",
     "The district government presses its units, sub-districts and townships to do their part."},
    {"3.2-12d", "3.2", "三(二)-12d", DUTY, PILOT_EVIDENCE, FIRM, DISTRICT,
     "市里考核试点社区时，所在区政府予以配合。",
     "The district government assists the city leading group when the district's pilot communities are "
     "assessed."},
    {"3.2-12e", "3.2", "三(二)-12e", DUTY, PILOT_EVIDENCE, FIRM, DISTRICT, "区政府总结本区试点的经验。",
     "The district government records what the district's pilots have taught."},
    {"3.2-13a", "3.2", "三(二)-13a", DUTY | COMPETENCE, PILOT_EVIDENCE, FIRM, STREET,
     "每个试点项目由街道（乡镇）成立业主大会筹备组。",
     "The sub-district office forms the group that prepares the owners' assembly of each pilot "
     "project."},
    {"3.2-13b", "3.2", "三(二)-13b", DUTY, PILOT_TRACKED, FIRM, STREET,
     "街道（乡镇）引导业主大会、业主委员会守序自治。",
     "The sub-district office helps the owners' assembly and committee to govern themselves in good "
     "order."},
    {"3.2-13c", "3.2", "三(二)-13c", COMPETENCE | PERMISSION, PILOT_COMPUTABLE, FIRM, STREET | RESIDENTS,
     "业主委员会选出之前，社区居民委员会经街道（乡镇）指导代行其职。",
     "As long as there is no owners' committee, the residents' committee stands in for it, guided by "
     "the sub-district office."},
    {"3.2-13d", "3.2", "三(二)-13d", DUTY, PILOT_EVIDENCE, FIRM, STREET,
     "街道（乡镇）配合部门，把试点的公共服务接下来。",
     "The sub-district office works with the departments when pilot projects have their public services "
     "taken over."},
    {"3.2-13e", "3.2", "三(二)-13e", DUTY, PILOT_TRACKED, FIRM, STREET,
     "试点的日常事务由社区工作站（居委会）协调，街道（乡镇）指导。",
     "The sub-district office guides the workstation and the residents' committee in the pilots' daily "
     "business."},
    {"3.2-13f", "3.2", "三(二)-13f", DUTY, PILOT_EVIDENCE, FIRM, STREET,
     "街道（乡镇）召开联席会议，化解辖区的物业纠纷。",
     "The sub-district office calls the parties to joint meetings and resolves disputes over property "
     "service."},
    {"3.2-14a", "3.2", "三(二)-14a", DUTY, PILOT_TRACKED, FIRM, COMMUNITY,
     "社区工作站（居委会）协调试点的日常问题，物业管理列入日常事务。",
     "The workstation and the residents' committee sort out the pilot's daily problems and make "
     "property management routine work."},
    {"3.2-14b", "3.2", "三(二)-14b", DUTY, PILOT_EVIDENCE, FIRM, COMMUNITY,
     "社区工作站（居委会）受街道（乡镇）指导推行自治，按程序安排业主委员会成员兼职。",
     "Guided by the sub-district office, the workstation and the residents' committee practise "
     "self-government and take in owners' committee members part-time by due procedure."},
    {"3.2-14c", "3.2", "三(二)-14c", DUTY, PILOT_EVIDENCE, FIRM, COMMUNITY,
     "社区工作站（居委会）协助承接公共服务，依民政部门指导把物业服务融进“1+5+X”邻里中心。",
     "The workstation and the residents' committee help take on public services and, guided by civil "
     "affairs, make property service a part of building \"1+5+X\" neighbourhood centres."},

    {"4.1-1", "4.1", "四(一)-1", DUTY, PILOT_EVIDENCE, SOFT, COMMITTEE | WORKSTATION,
     "业主委员会有关成员经规定程序在社区工作站兼任工作。",
     "The owners' committee members concerned also work part-time at the community workstation, by due "
     "procedure."},
    {"4.1-2", "4.1", "四(一)-2", PERMISSION, PILOT_COMPUTABLE, FIRM, COMMITTEE,
     "业主委员会的兼职人员可从社区工作站领酬；数额未定。",
     "Owners' committee members who work part-time at the workstation may be paid by it; no sum is laid "
     "down."},
    {"4.1-3", "4.1", "四(一)-3", DUTY, PILOT_EVIDENCE, FIRM, WORKSTATION,
     "社区工作站应把物业管理当作日常工作。",
     "The workstation has to treat property management as part of its daily work."},
    {"4.1-4", "4.1", "四(一)-4", THRESHOLD, PILOT_COMPUTABLE, FIRM, WORKSTATION,
     "社区工作站至少指定1人负责物业管理。",
     "The workstation has to put at least 1 of its staff in charge of the community's property "
     "management."},

    {"4.2-1", "4.2", "四(二)-1", THRESHOLD, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "试点社区须有物业管理用房，其中办公面积120平方米以上（含）。",
     "A pilot community has to have a property office with 120 m² of office space or more."},
    {"4.2-2", "4.2", "四(二)-2", PERMISSION, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "社区缺物业管理用房的，可借整治或建邻里中心配建，也可长期租用或合署办公。",
     "A community without a property office may build one during remediation or with a neighbourhood "
     "centre, take a long lease, or share an office."},
    {"4.2-3", "4.2", "四(二)-3", PROHIBITION | DEFINITION, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "居民区与社区一一对应，一个老旧居民区不能分属两个社区。",
     "Areas and communities correspond one to one: no old residential area may lie in two communities."},
    {"4.2-4", "4.2", "四(二)-4", ENCOURAGEMENT, PILOT_TRACKED, SOFT, ASSEMBLY | PROVIDER,
     "提倡同一社区的各业主大会选同一家企业或机构，并提倡企业把省下的成本部分用于社区建设。",
     "The owners' assemblies of one community are encouraged to hire the same service provider, and the "
     "provider to give part of what it saves to community building."},

    {"4.3-1", "4.3", "四(三)-1", DEFINITION, PILOT_COMPUTABLE, FIRM,
     GRID_DEPARTMENTS | FINANCE | DISTRICT_FINANCE | LOCAL | COMMITTEE | PROVIDER | OWNERS,
     "老旧居民区的管理分三块：门内物业、门外公共服务、贯通内外的行政管理。",
     "Old areas are run in three parts: property service inside the gate, public service outside, "
     "administration across both."},
    {"4.3-2", "4.3", "四(三)-2", DUTY | CONDITION, PILOT_EVIDENCE, FIRM, COMMITTEE | PROVIDER,
     "门内服务的内容、标准、价格等，由业主委员会与服务方订立书面合同约定。",
     "Inside the gate, a written contract between owners' committee and service provider settles "
     "content, standard, price and so on."},
    {"4.3-3", "4.3", "四(三)-3", PERMISSION, PILOT_COMPUTABLE, FIRM, ASSEMBLY | COMMITTEE | PROVIDER,
     "门内可要综合服务，也可按菜单单选或搭配，例如只要保洁、保安。",
     "Service inside the gate may be comprehensive, or chosen from a menu: one item, for example "
     "cleaning or guards, or several together."},
    {"5.4-2b", "5.4", "五(四)-2b", CONDITION, PILOT_COMPUTABLE, FIRM, PROVIDER,
     "供选的菜单须有不同价位，质量与价格相称。",
     "The menus on offer have to differ in price, and quality has to be in keeping with what is asked."},
    {"4.3-4", "4.3", "四(三)-4", DEFINITION, PILOT_COMPUTABLE, FIRM, LOCAL,
     "门外的公共服务集中办理：道路、绿化、路灯、公厕、市政管网、化粪池。",
     "Public services outside the gate are brought into one hand: roads, greenery, street lamps, public "
     "toilets, municipal pipes and septic tanks."},
    {"4.3-5", "4.3", "四(三)-5", DUTY, PILOT_EVIDENCE, FIRM, LOCAL,
     "门外公共服务的职责连同资源，一起下放街道（乡镇）社区。",
     "For services outside the gate, the resources pass to the sub-district or township and the "
     "community together with the duty."},
    {"4.3-6", "4.3", "四(三)-6", DUTY, PILOT_EVIDENCE, FIRM, LOCAL,
     "街道（乡镇）和社区把资源合起来，公共服务统一做。",
     "The sub-district or township and the community join their resources and deliver the public "
     "services as one."},
    {"4.3-7", "4.3", "四(三)-7", FUNDING | COMPETENCE, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT,
     "门外公共服务的经费归市城管局统筹。",
     "The city management bureau plans how the money for services outside the gate is used."},
    {"4.3-8", "4.3", "四(三)-8", FUNDING, PILOT_COMPUTABLE, FIRM, FINANCE | DISTRICT_FINANCE,
     "市、区财政把门外服务的经费拨给街道（乡镇）社区，钱随事走；两级比例未定。",
     "City and district finance pay the sub-district or township and the community for services outside "
     "the gate, the money following the task; no ratio is set."},
    {"4.3-9", "4.3", "四(三)-9", FUNDING, PILOT_COMPUTABLE, FIRM, NOBODY,
     "门外服务原来的提供单位，经费按转出的部分核减。",
     "Those who used to provide the services outside the gate have their budgets cut to match."},
    {"4.3-10", "4.3", "四(三)-10", ENCOURAGEMENT, PILOT_TRACKED, SOFT, CITY_GROUP | DISTRICT,
     "鼓励成立国有公司，把门外的公共服务全部承担起来。",
     "It is encouraged to form a state-owned company that takes on every service outside the gate."},
    {"4.3-11", "4.3", "四(三)-11", ENCOURAGEMENT, PILOT_TRACKED, SOFT, DISTRICT | COMMUNITY,
     "鼓励门内、门外交给同一家机构，免得两头脱节。",
     "It is encouraged to have one institution serve both sides of the gate, so that nothing falls "
     "between them."},
    {"4.3-12", "4.3", "四(三)-12", DUTY, PILOT_EVIDENCE, FIRM, GRID_DEPARTMENTS,
     "公安、消防、城管、环保等部门的执法按网格下到街道（乡镇）社区，每片定人挂牌。",
     "Police, fire brigade, city management, environment and others bring enforcement down to the "
     "community by grid, with a posted officer for each patch."},
    {"4.3-13", "4.3", "四(三)-13", DUTY | THRESHOLD, PILOT_COMPUTABLE, FIRM, GRID_DEPARTMENTS,
     "公安、消防、城管、环保等部门须为每片确定责任人，并与居委会网格员对接。",
     "Police, fire brigade, city management, environment and others each have to have an officer in "
     "charge of every patch, in touch with the grid staff."},
    {"4.3-14", "4.3", "四(三)-14", RIGHT, PILOT_EVIDENCE, FIRM, OWNERS | RESIDENTS,
     "居民有事可直接找部门的片区责任人，也可请居委会转达。",
     "Residents may report to a department's officer in charge themselves, or have the residents' "
     "committee do it."},
    {"4.3-15", "4.3", "四(三)-15", DUTY, PILOT_TRACKED, FIRM, GRID_DEPARTMENTS,
     "有关部门接到居民反映，应依职责及时处理；期限未定。",
     "Departments have to act promptly on what residents report; no term is set."},

    {"4.4-1", "4.4", "四(四)-1", PRINCIPLE | FUNDING, PILOT_COMPUTABLE, SOFT, OWNERS,
     "靠市场运作，政府扶持；物业费由居民或单位自己出。",
     "The market does the work and government helps; residents or units pay the property fee "
     "themselves."},
    {"4.4-2", "4.4", "四(四)-2", DUTY, PILOT_TRACKED, FIRM, DISTRICT,
     "各区顾及业主的承受能力和消费习惯，测算居民的物业费标准。",
     "Districts work out what fee residents should pay, considering what owners can afford and are used "
     "to."},
    {"4.4-3", "4.4", "四(四)-3", PROHIBITION, PILOT_COMPUTABLE, FIRM, DISTRICT | COMMUNITY | PROVIDER,
     "从前已经收过的费，不许再收一遍。",
     "A fee that has already been collected may not be collected a second time."},
    {"4.4.1-1", "4.4.1", "四(四)1-1", CONDITION, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "试点期内，试点社区享受资金和政策扶持，其物业服务工作要受考核。",
     "During the pilot, pilot communities get money and policy support, and their property service work "
     "is assessed."},
    {"4.4.1-2", "4.4.1", "四(四)1-2", CONDITION, PILOT_COMPUTABLE, FIRM, GROUP_OFFICE | FINANCE,
     "以奖代补：通过考核的才有奖励。",
     "A reward takes the place of a subsidy: only those that pass the assessment get it."},
    {"4.4.1-3", "4.4.1", "四(四)1-3", AMOUNT | DEADLINE, PILOT_COMPUTABLE, FIRM, FINANCE | DISTRICT,
     "奖励期定为5年，即2019年到2023年。", "The reward period is fixed at 5 years, from 2019 to 2023."},
    {"4.4.1-4", "4.4.1", "四(四)1-4", AMOUNT, PILOT_COMPUTABLE, FIRM, FINANCE | DISTRICT,
     "奖励标准按每户每月计：2019至2021年18元，2022年12元，2023年6元。",
     "The reward rate for each household and month is 18 yuan from 2019 to 2021, 12 yuan in 2022 and 6 "
     "yuan in 2023."},
    {"4.4.1-5", "4.4.1", "四(四)1-5", FUNDING, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "奖励资金用来弥补社区经费的缺口。",
     "Reward money is for filling the gap in the community's own budget."},
    {"4.4.1-6", "4.4.1", "四(四)1-6", AMOUNT, PILOT_COMPUTABLE, FIRM, FINANCE,
     "奖励额为服务区域的全部户数乘以奖励标准。",
     "The reward is the rate times the number of households, counting all in the service area."},
    {"4.4.1-7", "4.4.1", "四(四)1-7", COMPETENCE, PILOT_EVIDENCE, FIRM, CITY_GROUP,
     "考核怎么做，由市领导小组定办法。",
     "How pilot communities are assessed is for the city leading group to lay down."},
    {"4.4.1-8", "4.4.1", "四(四)1-8", AMOUNT | FUNDING, PILOT_COMPUTABLE, FIRM,
     FINANCE | DISTRICT_FINANCE, "奖励资金由市、区财政对半负担，各出50%。",
     "City finance and district finance each pay 50% of the reward."},
    {"4.4.2-1", "4.4.2", "四(四)2-1", PERMISSION, PILOT_EVIDENCE, FIRM, PROJECT,
     "试点项目可在服务区域内依法出租广告位和快递柜场地、经营再生资源等。",
     "Within its service area and within the law, a pilot project may let advertising space and "
     "parcel-locker sites, trade in recyclables and the like."},
    {"4.4.2-2", "4.4.2", "四(四)2-2", FUNDING, PILOT_COMPUTABLE, FIRM, PROJECT,
     "广告、快递柜、再生资源等经营所得，须花在同一项目的物业服务上。",
     "What a project earns from advertising, lockers, recycling and the like has to be spent on "
     "property service in that project."},
    {"4.4.2-3", "4.4.2", "四(四)2-3", PERMISSION | CONDITION, PILOT_EVIDENCE, FIRM, DISTRICT,
     "只要合乎规划原则，区政府可依法在道路和场地划车位。",
     "Provided planning principles hold, the district government may, under the law, lay out parking "
     "bays on roads and open ground."},
    {"4.4.2-4", "4.4.2", "四(四)2-4", PERMISSION, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "区政府所划车位可收停车管理费；费率未定。",
     "The district government may charge for parking in the bays it has marked; no tariff is set."},
    {"4.4.2-5", "4.4.2", "四(四)2-5", FUNDING, PILOT_COMPUTABLE, FIRM, COMMUNITY,
     "停车收入用来补足试点社区的经费。",
     "Parking income makes up for what the pilot community's budget lacks."},

    {"4.5-1", "4.5", "四(五)-1", PRINCIPLE, PILOT_MIXED, SOFT, PROVIDER,
     "服务有偿，自主经营，只求保本和薄利。",
     "Service is paid for; providers manage on their own, cover their costs and make a small profit."},
    {"4.5-2", "4.5", "四(五)-2", PERMISSION, PILOT_COMPUTABLE, FIRM, PROVIDER,
     "服务企业和专业机构不论国有、民营，都可参加。",
     "State-owned and private service providers alike may take part."},
    {"4.5-3", "4.5", "四(五)-3", RIGHT, PILOT_TRACKED, FIRM, PROVIDER,
     "参加的企业、机构可享受与之对应的奖励和扶持。",
     "Service providers that take part benefit from the rewards and support that go with it."},

    {"5.1-1", "5.1", "五(一)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "第一步规划选点，至迟2019年8月31日完成。",
     "Step 1, choosing the sites, is to be complete by 31 August 2019."},
    {"5.1-2", "5.1", "五(一)-2", DUTY, PILOT_EVIDENCE, FIRM, DISTRICT, "选点之前先调查居民的意愿。",
     "Sites are chosen after asking residents in a survey whether they are willing."},
    {"5.1-3", "5.1", "五(一)-3", THRESHOLD, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "每区选2个开放式老旧居民区，业主须有意试点并肯配合。",
     "Each district chooses 2 open old areas whose owners want the pilot and will help it along."},
    {"5.1-4", "5.1", "五(一)-4", PRINCIPLE, PILOT_TRACKED, SOFT, DISTRICT, "选点由易到难，试过再推广。",
     "Districts begin where it is easiest and extend what has been tried."},
    {"5.1-5", "5.1", "五(一)-5", PERMISSION, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "整治已经完工的社区可选，2019年还在整治的项目也可选。",
     "Either a community already put in repair or a project still under remediation in 2019 may be "
     "chosen."},
    {"5.2-1", "5.2", "五(二)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT | DISTRICT,
     "第二步综合整治，至迟2019年12月31日完成；仅限当年在整治的项目。",
     "Step 2, remediation, is to be complete by 31 December 2019, for projects under remediation that "
     "year."},
    {"5.2-2", "5.2", "五(二)-2", COMPETENCE | DUTY, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT | DISTRICT,
     "整治由市城管局牵头，区政府实施。",
     "The city management bureau leads the remediation and the district governments carry it out."},
    {"5.2-3", "5.2", "五(二)-3", THRESHOLD, PILOT_COMPUTABLE, FIRM, CITY_MANAGEMENT | DISTRICT,
     "整治做到九项：路平、水畅、楼道净、庭院美、灯亮、店招齐、停车有序、电动车充停点、物业管理用房。",
     "Remediation covers 9 items: roads, drainage, stairwells, courtyards, lighting, shop signs, "
     "parking, an e-bike parking and charging point, and a property office."},
    {"5.2-4", "5.2", "五(二)-4", CONDITION, PILOT_EVIDENCE, FIRM, CITY_MANAGEMENT | DISTRICT | PROVIDER,
     "整治要让服务企业或机构具备进场的条件。",
     "Remediation is to make it possible for the service provider to move in."},
    {"5.2-5", "5.2", "五(二)-5", DUTY, PILOT_TRACKED, SOFT, DISTRICT, "能封闭的小区，尽量封闭起来。",
     "Compounds that can be closed off should be closed off as far as possible."},
    {"5.3-1", "5.3", "五(三)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, LOCAL,
     "第三步，业主大会和业主委员会至迟2019年11月30日成立。",
     "Step 3, forming the owners' assembly and committee, is to be complete by 30 November 2019."},
    {"5.3-2", "5.3", "五(三)-2", DUTY, PILOT_EVIDENCE, FIRM, LOCAL | DISTRICT_HOUSING,
     "街道（乡镇）和社区动员业主，经区房管部门指导开会，选出业主委员会。",
     "The sub-district or township and the community rally the owners, who meet and choose a committee "
     "under the district housing department's guidance."},
    {"5.4-1", "5.4", "五(四)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, PROJECT,
     "第四步选聘企业或机构并开始服务，在2019年12月内。",
     "Step 4, hiring the service provider and starting service, falls in December 2019."},
    {"5.4-2", "5.4", "五(四)-2", COMPETENCE | DUTY, PILOT_COMPUTABLE, FIRM, ASSEMBLY,
     "服务方和服务标准，由业主大会在各家菜单里投票选定。",
     "The owners' assembly votes to pick, from the menus offered, the service provider and the standard "
     "of service."},
    {"5.4-3", "5.4", "五(四)-3", DUTY, PILOT_TRACKED, FIRM, LOCAL,
     "街道（乡镇）和社区只作指导，选谁由业主大会定。",
     "The sub-district or township and the community guide the owners' assembly; the choice is the "
     "assembly's."},
    {"5.4-4", "5.4", "五(四)-4", DUTY, PILOT_EVIDENCE, FIRM, COMMITTEE | PROVIDER,
     "业主委员会经街道（乡镇）和社区指导，与业主大会选中的服务方签合同。",
     "Guided by the sub-district or township and the community, the owners' committee signs a contract "
     "with the service provider that the assembly chose."},
    {"5.4-5", "5.4", "五(四)-5", DUTY, PILOT_EVIDENCE, FIRM, PROVIDER,
     "服务企业或机构依合同进场，提供服务。",
     "The service provider moves in and does what the contract says."},
    {"5.5-1", "5.5", "五(五)-1", DEADLINE, PILOT_COMPUTABLE, FIRM, GROUP_OFFICE,
     "第五步考核验收，至迟2020年2月29日完成。",
     "Step 5, assessment and acceptance, is to be complete by 29 February 2020."},
    {"5.5-2", "5.5", "五(五)-2", DUTY, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "各区的试点项目，领导小组办公室都要组织考核验收。",
     "The leading group's office has to have the pilot projects of every district assessed."},
    {"5.5-3", "5.5", "五(五)-3", DUTY | AMOUNT, PILOT_COMPUTABLE, FIRM, GROUP_OFFICE | FINANCE,
     "社区通过考核的，须发给奖励，并推广其做法。",
     "A community that passes the assessment has to get the reward, and its experience has to be "
     "spread."},
    {"5.5-4", "5.5", "五(五)-4", DUTY, PILOT_EVIDENCE, FIRM, GROUP_OFFICE,
     "社区没有通过考核的，须找出原因，吸取教训。",
     "Where a community fails the assessment, the reasons have to be found and learnt from."},

    {"6.1-1", "6.1", "六(一)-1", ORGANISATION | DUTY, PILOT_EVIDENCE, FIRM, DISTRICT,
     "各区对应设立专项机构和区领导小组。",
     "Each district sets up a special working body and a leading group to match those of the city."},
    {"6.1-2", "6.1", "六(一)-2", PRINCIPLE, PILOT_TRACKED, SOFT, DISTRICT,
     "区主要领导带头，分管领导落实，其他领导配合。",
     "The district's chief takes the lead, the deputy in charge sees to the work and the other leaders "
     "help."},
    {"6.1-3", "6.1", "六(一)-3", DUTY | DEADLINE, PILOT_COMPUTABLE, FIRM, DISTRICT,
     "各区的每项工作都须在步骤规定的期限内完成。",
     "Districts have to complete each piece of work by the date that its step sets."},
    {"6.2-1", "6.2", "六(二)-1", DUTY, PILOT_TRACKED, FIRM, CITY_GROUP | DISTRICT_GROUP,
     "市、区领导小组解决共性问题，督导各区。",
     "The city and district leading groups clear up problems that districts share and see that they "
     "follow the scheme."},
    {"6.2-2", "6.2", "六(二)-2", SANCTION, PILOT_COMPUTABLE, FIRM, CITY_GROUP | DISTRICT,
     "进度或其他要求没有做到的区，受通报批评。",
     "A district that falls behind or misses another requirement is named in a circular of criticism."},
    {"6.3", "6.3", "六(三)", DUTY, PILOT_TRACKED, FIRM,
     CITY_MANAGEMENT | HOUSING | CONSTRUCTION | RESOURCES | CIVIL_AFFAIRS | FINANCE,
     "凡牵涉的部门，如房管、城管、民政、财政、建设、自然资源，必须通力合作。",
     "The departments concerned, among them housing, city management, civil affairs, finance, "
     "construction and natural resources, have to act in concert."},
    {"6.4", "6.4", "六(四)", DUTY, PILOT_TRACKED, FIRM, LOCAL,
     "街道（乡镇）和社区党组织借座谈、走访、新闻做宣传，动员居民参与。",
     "Sub-district and community party bodies spread the word through meetings, house calls and the "
     "press, and get residents involved."},
    {"6.5", "6.5", "六(五)", PRINCIPLE | DUTY, PILOT_TRACKED, SOFT, AUTHORITIES,
     "试点要看得长远，拿出别处也能用的经验。",
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
        if (strcmp(catalogue[i].id, id) == 0)
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
static const words kind_words = WORD_LIST(
    {"definition", "定义", "definition"}, {"principle", "原则", "principle"},
    {"scope", "适用范围", "scope"}, {"organisation", "组织", "organisation"},
    {"competence", "职权", "competence"}, {"duty", "职责", "duty"}, {"condition", "条件", "condition"},
    {"threshold", "数量标准", "threshold"}, {"amount", "金额", "amount"}, {"funding", "资金", "funding"},
    {"deadline", "期限", "deadline"}, {"permission", "允许", "permission"},
    {"encouragement", "鼓励", "encouragement"}, {"prohibition", "禁止", "prohibition"},
    {"right", "权利", "right"}, {"sanction", "追责", "sanction"});
static const words class_words =
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

WORDED_BITS(pilot_kind, pilot_kind, kind_words)
WORDED_BITS(pilot_clause_class, pilot_clause_class, class_words)
WORDED(pilot_actor, pilot_actor, pilot_actor_words)
