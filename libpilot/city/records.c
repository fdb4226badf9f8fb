/* A city's records, each with its table of fields. */
#include "city_internal.h"

#include "market/menu_internal.h"
#include "money/account_internal.h"
#include "money/reward_internal.h"
#include "notice/clause_internal.h"
#include "notice/policy_internal.h"
#include "record/fields.h"
#include "vote/vote_internal.h"

#define EVIDENCE(type)                                                                                  \
    SEVERAL(type, evidence.items, evidence.count, "evidence", LIST, NULL, "",                           \
            "what shows that a clause was carried out", .of = &evidence_record)

static const field evidence_fields[] = {
    REQUIRED(pilot_evidence, clause, "clause", CLAUSE, NULL, "",
             "id of the clause, such as \"3.2-12a\""),
    REQUIRED(pilot_evidence, done, "done", STEP, NULL, "", "the day it was done, or \"not_done\""),
    OPTIONAL(pilot_evidence, document, "document", TEXT, NULL, "",
             "number or title of the paper that shows it"),
};
static const record evidence_record =
    RECORD("evidence", pilot_evidence, evidence_fields, "", "evidence for a clause");

static const field leading_group_fields[] = {
    OPTIONAL(pilot_leading_group, heads, "heads", COUNT, "3.1-1", "", "posts that head it"),
    OPTIONAL(pilot_leading_group, deputies, "deputies", COUNT, "3.1-1", "", "posts of deputy heads"),
    OPTIONAL(pilot_leading_group, members, "members", COUNT, "3.1-1", "", "further members' posts"),
    OPTIONAL(pilot_leading_group, office_host, "office_host", WORD, "3.1-2", "",
             "body that its office sits in", .of = &pilot_actor_words),
};
static const record leading_group_record =
    RECORD("leading_group", pilot_leading_group, leading_group_fields, "", "the city's leading group");

static const field meeting_fields[] = {
    REQUIRED(pilot_meeting, held_on, "held_on", DATE, "3.2-3a", "", "day of the meeting"),
};
static const record meeting_record =
    RECORD("meetings", pilot_meeting, meeting_fields, "", "a meeting of the leading group");

static const field district_fields[] = {
    REQUIRED(pilot_district, id, "id", ID, "2-2", "",
             "administrative division code, such as \"360102\""),
    OPTIONAL(pilot_district, name, "name", TEXT, NULL, "", "the district's name"),
    EVIDENCE(pilot_district),
};
static const record district_record =
    RECORD("districts", pilot_district, district_fields, "", "a district with pilot communities");

static const field provider_fields[] = {
    REQUIRED(pilot_provider, id, "id", ID, NULL, "", "names the provider in this file"),
    OPTIONAL(pilot_provider, name, "name", TEXT, NULL, "", "the provider's name"),
};
static const record provider_record = RECORD("providers", pilot_provider, provider_fields, "",
                                             "a service enterprise or professional body");

static const field workstation_fields[] = {
    OPTIONAL(pilot_workstation, property_staff, "property_staff", COUNT, "4.1-4", "",
             "staff named for property management"),
};
static const record workstation_record =
    RECORD("workstation", pilot_workstation, workstation_fields, "", "a community's workstation");

static const field office_fields[] = {
    OPTIONAL(pilot_office, area, "area_m2", AREA, "4.2-1", "", "area of the office"),
    OPTIONAL(pilot_office, route, "route", WORD, "4.2-2", "", "how the community comes by it",
             .of = WORDS({0}, {"own", "", ""}, {"built_in_remediation", "", ""},
                         {"built_with_centre", "", ""}, {"long_lease", "", ""}, {"shared", "", ""},
                         {"other", "", ""})),
    OPTIONAL(pilot_office, available_from, "available_from", DATE, "4.2-1", "", "first day of use"),
};
static const record office_record =
    RECORD("offices", pilot_office, office_fields, "", "premises for property management");

static const field payment_fields[] = {
    REQUIRED(pilot_payment, paid_on, "paid_on", DATE, "3.2-7c", "", "day of payment"),
    REQUIRED(pilot_payment, amount, "amount_yuan", MONEY, "4.4.1-6", "", "what was paid"),
};
static const record payment_record =
    RECORD("reward_payments", pilot_payment, payment_fields, "", "a payment of the reward");

static const field use_fields[] = {
    REQUIRED(pilot_use, source, "source", WORD, "4.4.2-2", "", "where the money came from",
             .of = &pilot_income_source_words),
    REQUIRED(pilot_use, purpose, "purpose", WORD, "4.4.2-2", "", "what it was used for",
             .of = &pilot_purpose_words),
    REQUIRED(pilot_use, amount, "amount_yuan", MONEY, "4.4.2-2", "", "how much"),
};
static const record use_record = RECORD("uses", pilot_use, use_fields, "", "a use of earmarked money");

static const field appointment_fields[] = {
    OPTIONAL(pilot_appointment, appointed, "appointed", STEP, "4.1-1", "", "day of the appointment"),
    OPTIONAL(pilot_appointment, by_procedure, "by_procedure", ANSWER, "4.1-1", "",
             "made by the procedure laid down"),
    OPTIONAL(pilot_appointment, paid, "paid", ANSWER, "4.1-2", "", "the workstation pays for the post"),
};
static const record appointment_record =
    RECORD("appointments", pilot_appointment, appointment_fields, "",
           "a committee member's part-time post at the workstation");

const words pilot_public_service_words =
    WORD_LIST({0}, {"road_upkeep", "", ""}, {"greenery", "", ""}, {"street_lights", "", ""},
              {"public_toilets", "", ""}, {"municipal_pipes", "", ""}, {"septic_tanks", "", ""},
              {"other", "", ""});

const words pilot_layout_words = WORD_LIST({0}, {"open", "", ""}, {"closed", "", ""});

static const field handover_fields[] = {
    REQUIRED(pilot_handover, service, "service", WORD, "3.2-5b", "", "the public service",
             .of = &pilot_public_service_words),
    OPTIONAL(pilot_handover, duty_moved, "duty_moved", STEP, "3.2-5c", "", "day the duty moved down"),
    OPTIONAL(pilot_handover, money_moved, "money_moved", STEP, "3.2-5d", "", "day the money followed"),
    OPTIONAL(pilot_handover, transferred, "transferred_yuan", MONEY, "4.3-8", "",
             "moved with it, a year", NOT_NEGATIVE),
    OPTIONAL(pilot_handover, former_budget, "former_budget_yuan", MONEY, "4.3-9", "",
             "budget of the former provider before, a year", NOT_NEGATIVE),
    OPTIONAL(pilot_handover, reduced_budget, "reduced_budget_yuan", MONEY, "4.3-9", "",
             "budget of the former provider since, a year", NOT_NEGATIVE),
    OPTIONAL(pilot_handover, city_part, "city_part_yuan", MONEY, "4.3-8", "",
             "of the transfer, as the city says", NOT_NEGATIVE),
    OPTIONAL(pilot_handover, district_part, "district_part_yuan", MONEY, "4.3-8", "",
             "of the transfer, as the district says", NOT_NEGATIVE),
    OPTIONAL(pilot_handover, coordinator, "coordinator", WORD, "4.3-7", "",
             "body that coordinates the money", .of = &pilot_actor_words),
};
const record pilot_handover_record = RECORD("handovers", pilot_handover, handover_fields, "",
                                            "a public service handed down to street and community");

static const field community_fields[] = {
    REQUIRED(pilot_community, id, "id", ID, NULL, "", "names the community in this file"),
    OPTIONAL(pilot_community, name, "name", TEXT, NULL, "", "the community's name"),
    REQUIRED(pilot_community, district, "district", REF, "2-3", "", "id of its district",
             .of = &district_record),
    OPTIONAL(pilot_community, workstation, "workstation", RECORD, "4.1-4", "", "its workstation",
             .of = &workstation_record),
    SEVERAL(pilot_community, offices, office_count, "offices", LIST, "4.2-1", "", "its property offices",
            .of = &office_record),
    SEVERAL(pilot_community, assessments, assessment_count, "assessments", LIST, "4.4.1-1", "",
            "its assessments", .of = &pilot_assessment_record),
    SEVERAL(pilot_community, reward_payments, reward_payment_count, "reward_payments", LIST, "4.4.1-2",
            "", "what it was paid of the reward", .of = &payment_record),
    SEVERAL(pilot_community, uses, use_count, "uses", LIST, "4.4.1-5", "",
            "uses of reward and parking money", .of = &use_record),
    SEVERAL(pilot_community, appointments, appointment_count, "appointments", LIST, "4.1-1", "",
            "committee members' part-time posts", .of = &appointment_record),
    SEVERAL(pilot_community, handovers, handover_count, "handovers", LIST, "3.2-5c", "",
            "public services handed down", .of = &pilot_handover_record),
    EVIDENCE(pilot_community),
};
static const record community_record = RECORD("communities", pilot_community, community_fields, "",
                                              "a pilot community, the administrative unit");

static const field contract_fields[] = {
    OPTIONAL(pilot_contract, provider, "provider", REF, "4.3-2", "", "id of the provider",
             .of = &provider_record),
    OPTIONAL(pilot_contract, signed_on, "signed_on", DATE, "4.3-2", "", "day of signature"),
    OPTIONAL(pilot_contract, signed_by, "signed_by", WORD, "4.3-2", "", "who signed for the owners",
             .of = &pilot_actor_words),
    OPTIONAL(pilot_contract, written, "written", ANSWER, "4.3-2", "", "it is in writing"),
    OPTIONAL(pilot_contract, states_content, "states_content", ANSWER, "4.3-2", "",
             "it says what is done"),
    OPTIONAL(pilot_contract, states_standard, "states_standard", ANSWER, "4.3-2", "",
             "it says how well"),
    OPTIONAL(pilot_contract, states_price, "states_price", ANSWER, "4.3-2", "", "it says at what price"),
    OPTIONAL(pilot_contract, package, "package", WORD, "4.3-3", "",
             "comprehensive, or single services from a menu",
             .of = WORDS({0}, {"comprehensive", "", ""}, {"menu", "", ""})),
    OPTIONAL(pilot_contract, services, "services", COUNT, "4.3-3", "", "how many single services"),
    OPTIONAL(pilot_contract, menu, "menu", REF, "4.3-3", "",
             "id of the menu that its services were chosen from", .of = &pilot_menu_record),
    OPTIONAL(pilot_contract, selection, "selection", RECORD, "4.3-3", "", "what was chosen from it",
             .of = &pilot_selection_record),
    OPTIONAL(pilot_contract, price, "price_yuan_per_m2", PRICE, "4.3-2", "",
             "price agreed for all that was chosen, per m² of building area and month"),
    OPTIONAL(pilot_contract, month, "month_yuan", MONEY, "4.3-2", "",
             "price agreed for the area as a whole, a month"),
    OPTIONAL(pilot_contract, yearly_income, "yearly_income_yuan", MONEY, "4.5-1", "",
             "the provider's income from it, a year"),
    OPTIONAL(pilot_contract, yearly_cost, "yearly_cost_yuan", MONEY, "4.5-1", "",
             "the provider's cost, a year"),
};
static const record contract_record =
    RECORD("contracts", pilot_contract, contract_fields, "", "a service contract of an area");

static const field offer_fields[] = {
    OPTIONAL(pilot_offer, provider, "provider", REF, "5.4-2", "", "id of the provider",
             .of = &provider_record),
    REQUIRED(pilot_offer, grade, "grade", COUNT, "5.4-2b", "", "standard of service, 1 the best"),
    REQUIRED(pilot_offer, price, "yuan_per_m2", PRICE, "5.4-2b", "",
             "price per m² of building area and month"),
};
static const record offer_record =
    RECORD("offers", pilot_offer, offer_fields, "", "an offer to the owners");

static const field vote_fields[] = {
    REQUIRED(pilot_vote, held_on, "held_on", DATE, "5.4-2", "", "day of the vote"),
    REQUIRED(pilot_vote, matter, "matter", WORD, "5.4-2", "", "what it was about",
             .of = &pilot_matter_words),
    OPTIONAL(pilot_vote, decided_by, "decided_by", WORD, "5.4-2", "", "body that decided",
             .of = &pilot_actor_words),
    OPTIONAL(pilot_vote, passed, "passed", ANSWER, "5.4-2", "", "it passed"),
    OPTIONAL(pilot_vote, tally, "tally", RECORD, "5.4-2", "",
             "its count, by which it is decided under the law of its day",
             .of = &pilot_tally_groups_record),
};
static const record vote_record = RECORD("votes", pilot_vote, vote_fields, "", "a vote of the owners");

static const field grid_post_fields[] = {
    REQUIRED(pilot_grid_post, department, "department", WORD, "4.3-13", "", "the department",
             .of = &pilot_actor_words),
    REQUIRED(pilot_grid_post, post, "post", TEXT, "4.3-12", "",
             "name or number of the post, no person's name"),
    OPTIONAL(pilot_grid_post, linked, "linked", ANSWER, "4.3-13", "",
             "in touch with the committee's grid staff"),
};
static const record grid_post_record = RECORD("grid_posts", pilot_grid_post, grid_post_fields, "",
                                              "a department's post that answers for an area");

static const field charge_fields[] = {
    REQUIRED(pilot_charge, dwelling, "dwelling", TEXT, "4.4-3", "", "number of the dwelling"),
    REQUIRED(
        pilot_charge, service, "service", TEXT, "4.4-3", "",
        "what it was charged for: id of a service or package that a contract chose, of its menu for all "
        "that it chose, or any other text"),
    REQUIRED(pilot_charge, first, "first", MONTH, "4.4-3", "", "first month, included"),
    REQUIRED(pilot_charge, last, "last", MONTH, "4.4-3", "", "last month, included",
             NOT_BEFORE(pilot_charge, first)),
    REQUIRED(pilot_charge, amount, "amount_yuan", MONEY, "4.4-3", "", "what was collected"),
    OPTIONAL(pilot_charge, area, "area_m2", AREA, "4.3-2", "", "building area of the dwelling"),
    OPTIONAL(pilot_charge, collector, "collector", TEXT, "4.4-3", "", "body that collected it"),
    OPTIONAL(pilot_charge, payer, "payer", WORD, "4.4-1", "", "who bears it", .of = &pilot_actor_words),
    OPTIONAL(pilot_charge, price_marked, "price_marked", ANSWER, "3.2-8", "",
             "its price is clearly marked"),
};
static const record charge_record =
    RECORD("charges", pilot_charge, charge_fields, "", "a fee collected");

static const field income_fields[] = {
    REQUIRED(pilot_income, source, "source", WORD, "4.4.2-1", "", "the business",
             .of = &pilot_income_source_words),
    OPTIONAL(pilot_income, amount, "amount_yuan", MONEY, "4.4.2-2", "", "income a year"),
    OPTIONAL(pilot_income, cost, "cost_yuan", MONEY, "4.4.2-2", "", "cost a year"),
    OPTIONAL(pilot_income, within_area, "within_area", ANSWER, "4.4.2-1", "", "inside the service area"),
    OPTIONAL(pilot_income, owners_consent, "owners_consent", ANSWER, "4.4.2-1", "",
             "the owners agreed; a counted vote on use_common_parts goes before it"),
    OPTIONAL(pilot_income, permitted, "permitted", ANSWER, "4.4.2-1", "", "it has the permits it needs"),
};
static const record income_record =
    RECORD("incomes", pilot_income, income_fields, "", "a business on the project's common parts");

static const field parking_fields[] = {
    OPTIONAL(pilot_parking, marked_by, "marked_by", WORD, "4.4.2-3", "", "body that marked the bays",
             .of = &pilot_actor_words),
    OPTIONAL(pilot_parking, planning_allows, "planning_allows", ANSWER, "4.4.2-3", "",
             "planning allows them"),
    OPTIONAL(pilot_parking, on_public_road, "on_public_road", ANSWER, "3.2-9e", "", "on a public road"),
    OPTIONAL(pilot_parking, traffic_police_guided, "traffic_police_guided", ANSWER, "3.2-9e", "",
             "the traffic police guided the marking"),
    OPTIONAL(pilot_parking, fee_collected_by, "fee_collected_by", WORD, "4.4.2-4", "",
             "body that collects the fee", .of = &pilot_actor_words),
};
static const record parking_record =
    RECORD("parking", pilot_parking, parking_fields, "", "parking bays");

static const field step_fields[] = {
    OPTIONAL(pilot_area_steps, survey, "survey", STEP, "5.1-2", "", "residents' willingness surveyed"),
    OPTIONAL(pilot_area_steps, selection, "selection", STEP, "5.1-1", "", "selected for the pilot"),
    OPTIONAL(pilot_area_steps, remediation, "remediation", STEP, "5.2-1", "", "remediation accepted"),
    OPTIONAL(pilot_area_steps, preparatory_group, "preparatory_group", STEP, "3.2-13a", "",
             "preparatory group formed"),
    OPTIONAL(pilot_area_steps, assembly_notice, "assembly_notice", STEP, "5.3-2", "",
             "owners told of the assembly"),
    OPTIONAL(pilot_area_steps, assembly, "assembly", STEP, "5.3-1", "",
             "assembly held and committee elected"),
    OPTIONAL(pilot_area_steps, entry, "entry", STEP, "5.4-1", "", "provider moved in and service begun"),
};
static const record steps_record = RECORD("steps", pilot_area_steps, step_fields, "", "an area's steps");

#define REMEDIATION_ITEMS(X)                                                                            \
    X(level_roads, "", "roads are level")                                                               \
    X(free_drainage, "", "drains run freely")                                                           \
    X(tidy_stairwells, "", "stairwells are tidy")                                                       \
    X(improved_courtyards, "", "courtyards are improved")                                               \
    X(working_lights, "", "lights work")                                                                \
    X(regulated_shop_signs, "", "shop signs are in order")                                              \
    X(orderly_parking, "", "vehicles park in order")                                                    \
    X(bike_charging, "", "electric bicycles have a place to stand and charge")                          \
    X(property_premises, "", "premises for property management are built, converted or leased")
#define ITEM_FIELD(member, zh, en)                                                                      \
    OPTIONAL(pilot_remediation_items, member, #member, ANSWER, "5.2-3", zh, en),
#define ITEM_WORD(member, zh, en) {#member, zh, en},

static const field remediation_fields[] = {REMEDIATION_ITEMS(ITEM_FIELD)};
const words pilot_remediation_words = WORD_LIST(REMEDIATION_ITEMS(ITEM_WORD));
const record pilot_remediation_record =
    RECORD("remediation_items", pilot_remediation_items, remediation_fields, "",
           "what the remediation brought about");

static const field area_fields[] = {
    REQUIRED(pilot_residential_area, id, "id", ID, NULL, "", "names the area in this file"),
    OPTIONAL(pilot_residential_area, name, "name", TEXT, NULL, "", "the area's name"),
    SEVERAL(pilot_residential_area, communities, community_count, "communities", REFS, "4.2-3", "",
            "ids of the communities it belongs to", .of = &community_record),
    OPTIONAL(pilot_residential_area, old, "old", ANSWER, "2-4", "", "it is an old area"),
    OPTIONAL(pilot_residential_area, owners_willing, "owners_willing", ANSWER, "5.1-3", "",
             "its owners are willing to take part"),
    OPTIONAL(pilot_residential_area, layout_at_selection, "layout_at_selection", WORD, "2-4", "",
             "its layout when it was selected", .of = &pilot_layout_words),
    OPTIONAL(pilot_residential_area, enclosed_on, "enclosed_on", DATE, "5.2-5", "",
             "day it was enclosed"),
    OPTIONAL(pilot_residential_area, branch, "branch", WORD, "5.1-5", "",
             "remediated before, in the pilot's year, or neither",
             .of = WORDS({0}, {"remediated", "", ""}, {"in_progress", "", ""}, {"neither", "", ""})),
    OPTIONAL(pilot_residential_area, households, "households", COUNT, "4.4.1-6", "",
             "all dwellings in it"),
    OPTIONAL(pilot_residential_area, occupied_households, "occupied_households", COUNT, "4.4.1-6", "",
             "dwellings that are lived in"),
    OPTIONAL(pilot_residential_area, paying_households, "paying_households", COUNT, "4.4.1-6", "",
             "dwellings that pay the property fee"),
    OPTIONAL(pilot_residential_area, building_area, "building_area_m2", AREA, "4.4.1-6", "",
             "building area of its dwellings"),
    OPTIONAL(pilot_residential_area, buildings, "buildings", COUNT, "4.3-3", "", "buildings in it"),
    OPTIONAL(pilot_residential_area, steps, "steps", RECORD, "6.1-3", "", "its steps",
             .of = &steps_record),
    OPTIONAL(pilot_residential_area, remediation_items, "remediation_items", RECORD, "5.2-3", "",
             "what the remediation brought about", .of = &pilot_remediation_record),
    OPTIONAL(pilot_residential_area, ownership_restricted, "ownership_restricted", ANSWER, "4.5-2", "",
             "providers were admitted by their type of ownership"),
    SEVERAL(pilot_residential_area, offers, offer_count, "offers", LIST, "5.4-2b", "",
            "offers to the owners", .of = &offer_record),
    SEVERAL(pilot_residential_area, votes, vote_count, "votes", LIST, "5.4-2", "", "the owners' votes",
            .of = &vote_record),
    SEVERAL(pilot_residential_area, contracts, contract_count, "contracts", LIST, "4.3-2", "",
            "its service contracts", .of = &contract_record),
    SEVERAL(pilot_residential_area, grid_posts, grid_post_count, "grid_posts", LIST, "4.3-13", "",
            "posts of the departments that answer for it", .of = &grid_post_record),
    SEVERAL(pilot_residential_area, charges, charge_count, "charges", LIST, "4.4-3", "",
            "fees collected", .of = &charge_record),
    SEVERAL(pilot_residential_area, incomes, income_count, "incomes", LIST, "4.4.2-1", "",
            "businesses on its common parts", .of = &income_record),
    SEVERAL(pilot_residential_area, uses, use_count, "uses", LIST, "4.4.2-2", "",
            "uses of what they earn", .of = &use_record),
    SEVERAL(pilot_residential_area, parking, parking_count, "parking", LIST, "4.4.2-3", "",
            "parking bays marked", .of = &parking_record),
    EVIDENCE(pilot_residential_area),
};
const record pilot_area_record =
    RECORD("areas", pilot_residential_area, area_fields, "", "an old residential area");

static const field city_fields[] = {
    OPTIONAL(pilot_records, name, "name", TEXT, NULL, "", "the city's name"),
    OPTIONAL(pilot_records, complete, "complete", ANSWER, "2-3", "",
             "the file lists every pilot of the city"),
    OPTIONAL(pilot_records, leading_group, "leading_group", RECORD, "3.1-1", "",
             "the city's leading group", .of = &leading_group_record),
    SEVERAL(pilot_records, meetings, meeting_count, "meetings", LIST, "3.2-3a", "", "its meetings",
            .of = &meeting_record),
    OPTIONAL(pilot_records, reward_budget, "reward_budget_yuan", MONEY, "3.2-7b", "",
             "the city's budget for its share of the reward, all years"),
    EVIDENCE(pilot_records),
    SEVERAL(pilot_records, menus, menu_count, "menus", LIST, "4.3-3", "",
            "menus that contracts were made by", .of = &pilot_menu_record),
    SEVERAL(pilot_records, districts, district_count, "districts", LIST, "2-2", "", "its districts",
            .of = &district_record, .required = true),
    SEVERAL(pilot_records, providers, provider_count, "providers", LIST, "4.5-2", "", "the providers",
            .of = &provider_record),
    SEVERAL(pilot_records, communities, community_count, "communities", LIST, "2-3", "",
            "its pilot communities", .of = &community_record, .required = true),
    SEVERAL(pilot_records, areas, area_count, "areas", LIST, "2-4", "", "their old residential areas",
            .of = &pilot_area_record, .required = true),
};
const record pilot_city_record = RECORD("city", pilot_records, city_fields, "", "a city file");
