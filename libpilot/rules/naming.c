/* Titles for codes. A field is called what its row says, up to the first comma; here is what its row
 * does not say as a name. */
#include "naming.h"

#include "city/city_internal.h"
#include "notice/clause_internal.h"

#include <string.h>

static const struct {
    const char *record, *key;
    pilot_phrase name;
} names[] = {
    {"city", "complete", {"是否已列全市所有试点", "whether the file lists every pilot of the city"}},
    {"assessments", "date", {"考核日期", "date of the assessment"}},
    {"assessments", "assessor", {"考核单位", "body that made the assessment"}},
    {"votes", "decided_by", {"决定单位", "deciding body"}},
    {"contracts", "signed_on", {"签订日期", "date of signature"}},
    {"appointments", "appointed", {"任职日期", "date of appointment"}},
    {"city", "areas", {"居民区资料", "records of the areas"}},
    {"city", "communities", {"试点社区资料", "records of the communities"}},
    {"city", "meetings", {"领导小组会议记录", "records of the leading group's meetings"}},
    {"city", "reward_budget_yuan", {"市级奖励预算", "the city's budget for the reward"}},
    {"leading_group", "heads", {"组长职数", "number of heads of the leading group"}},
    {"leading_group", "deputies", {"副组长职数", "number of deputy heads of the leading group"}},
    {"leading_group", "members", {"成员职数", "number of members of the leading group"}},
    {"leading_group",
     "office_host",
     {"领导小组办公室所在单位", "body that hosts the leading group's office"}},
    {"workstation", "property_staff", {"物业管理专责人员数", "number of property management staff"}},
    {"communities", "offices", {"物业管理用房记录", "records of property offices"}},
    {"communities", "assessments", {"考核记录", "records of assessments"}},
    {"communities", "reward_payments", {"奖励资金拨付记录", "records of reward payments"}},
    {"communities", "uses", {"资金使用记录", "records of the use of money"}},
    {"communities", "appointments", {"业主委员会成员兼职记录", "records of part-time posts"}},
    {"communities", "handovers", {"公共服务下沉记录", "records of services handed down"}},
    {"offices", "area_m2", {"面积", "area"}},
    {"offices", "route", {"用房来源", "how the office was obtained"}},
    {"reward_payments", "amount_yuan", {"拨付金额", "amount"}},
    {"uses", "source", {"资金来源", "source of the money"}},
    {"uses", "purpose", {"资金用途", "purpose of the money"}},
    {"uses", "amount_yuan", {"使用金额", "amount"}},
    {"appointments",
     "by_procedure",
     {"是否按规定程序任职", "whether the procedure laid down was followed"}},
    {"appointments", "paid", {"是否在工作站领取报酬", "whether the workstation pays for the post"}},
    {"handovers", "transferred_yuan", {"每年划拨经费", "money transferred a year"}},
    {"handovers",
     "former_budget_yuan",
     {"原单位核减前的每年经费", "former provider's yearly budget before the cut"}},
    {"handovers",
     "reduced_budget_yuan",
     {"原单位核减后的每年经费", "former provider's yearly budget after the cut"}},
    {"handovers", "city_part_yuan", {"市级承担额", "city's part of the transfer"}},
    {"handovers", "district_part_yuan", {"区级承担额", "district's part of the transfer"}},
    {"handovers", "duty_moved", {"职责下沉日期", "date of the duty's transfer"}},
    {"handovers", "money_moved", {"经费划拨日期", "date of the money's transfer"}},
    {"contracts", "written", {"是否为书面合同", "whether the contract is in writing"}},
    {"contracts", "states_content", {"是否约定服务内容", "whether the contract states the content"}},
    {"contracts", "states_standard", {"是否约定服务标准", "whether the contract states the standard"}},
    {"contracts", "states_price", {"是否约定服务价格", "whether the contract states the price"}},
    {"contracts", "signed_by", {"业主方签订单位", "body that signed for the owners"}},
    {"contracts", "package", {"服务方式", "comprehensive or menu service"}},
    {"contracts", "services", {"单项服务数量", "number of single services"}},
    {"contracts", "menu", {"服务菜单", "menu"}},
    {"contracts", "selection", {"所选服务", "choice of services"}},
    {"contracts", "price_yuan_per_m2", {"约定单价或月费", "price agreed"}},
    {"contracts", "monthly_yuan", {"约定月费", "monthly price agreed"}},
    {"contracts", "yearly_income_yuan", {"服务企业年收入", "provider's yearly income"}},
    {"contracts", "yearly_cost_yuan", {"服务企业年成本", "provider's yearly cost"}},
    {"offers", "yuan_per_m2", {"报价", "price"}},
    {"votes", "matter", {"表决事项", "matter"}},
    {"votes", "passed", {"是否通过", "whether the vote passed"}},
    {"votes", "totals", {"计票结果", "count"}},
    {"grid_posts",
     "linked",
     {"是否与居民委员会网格员对接", "whether the posts are in touch with the grid staff"}},
    {"charges", "service", {"收费项目", "service charged for"}},
    {"charges", "amount_yuan", {"收取金额", "amount"}},
    {"charges", "collector", {"收费单位", "body that collected the fee"}},
    {"charges", "payer", {"费用承担方", "who bears the fee"}},
    {"charges", "price_marked", {"是否明码标价", "whether the price is clearly marked"}},
    {"incomes", "within_area", {"是否在物业服务区域内", "whether it is inside the service area"}},
    {"incomes", "owners_consent", {"业主是否同意", "whether the owners agreed"}},
    {"incomes", "permitted", {"是否取得所需许可", "whether it has the permits it needs"}},
    {"parking", "planning_allows", {"车位是否符合规划", "whether planning allows the bays"}},
    {"parking", "on_public_road", {"车位是否位于公共道路", "whether the bays are on a public road"}},
    {"parking",
     "traffic_police_guided",
     {"交管部门是否指导划设", "whether the traffic police guided the marking"}},
    {"parking", "marked_by", {"车位划设单位", "body that marked the bays"}},
    {"steps", "survey", {"居民意愿调查日期", "date of the residents' survey"}},
    {"steps", "selection", {"选点日期", "date of selection"}},
    {"steps", "remediation", {"综合整治验收日期", "date of the remediation's acceptance"}},
    {"steps", "preparatory_group", {"筹备组组建日期", "date of the preparatory group's formation"}},
    {"steps", "assembly_notice", {"业主大会通知日期", "date of the notice of the assembly"}},
    {"steps",
     "assembly",
     {"业主大会召开、业主委员会选举日期", "date of the assembly and the committee's election"}},
    {"steps", "entry", {"服务企业进驻日期", "date of the provider's entry"}},
    {"areas", "communities", {"所属社区", "community"}},
    {"areas", "old", {"是否属老旧居民区", "whether it is an old area"}},
    {"areas", "owners_willing", {"业主是否有意愿、愿配合", "whether the owners are willing"}},
    {"areas", "layout_at_selection", {"选点时的布局", "layout at the selection"}},
    {"areas", "branch", {"整治情况", "whether and when it was remediated"}},
    {"areas", "households", {"总户数", "households"}},
    {"areas", "occupied_households", {"入住户数", "occupied households"}},
    {"areas", "paying_households", {"缴费户数", "paying households"}},
    {"areas", "building_area_m2", {"建筑面积", "building area"}},
    {"areas", "buildings", {"楼栋数", "number of buildings"}},
    {"areas", "steps", {"实施步骤", "steps"}},
    {"areas", "remediation_items", {"综合整治完成事项", "what the remediation brought about"}},
    {"areas",
     "ownership_restricted",
     {"是否限定服务企业所有制", "whether providers were admitted by their type of ownership"}},
    {"areas", "offers", {"服务报价", "offers to the owners"}},
    {"areas", "votes", {"业主表决记录", "records of the owners' votes"}},
    {"areas", "contracts", {"服务合同", "service contract"}},
    {"areas", "grid_posts", {"片区责任岗位", "posts of the departments"}},
    {"areas", "charges", {"收费记录", "records of charges"}},
    {"areas", "incomes", {"共用部位经营记录", "records of business on common parts"}},
    {"areas", "uses", {"资金使用记录", "records of the use of money"}},
    {"areas", "parking", {"停车位记录", "records of parking bays"}},
};

/* What is lacking of a remediation, whose words in English tell how it is when it is there. */
static const pilot_word remediation_names[] = {
    {"level_roads", "道路平整", "level roads"},
    {"free_drainage", "排水畅通", "free drainage"},
    {"tidy_stairwells", "楼道整洁", "tidy stairwells"},
    {"improved_courtyards", "庭院美化", "improved courtyards"},
    {"working_lights", "照明完好", "working lights"},
    {"regulated_shop_signs", "店招规范", "orderly shop signs"},
    {"orderly_parking", "车停有序", "orderly parking"},
    {"bike_charging", "电动车集中停放充电点位", "a place to park and charge e-bikes"},
    {"property_premises", "物业管理用房", "premises for property management"},
};

/* Of every record alike. */
static const pilot_phrase evidence_name = {"证明材料", "evidence"};

/* One record of a list, of which something is not known. */
static const struct {
    const char *list;
    pilot_phrase name;
} items[] = {
    {"meetings", {"领导小组会议", "meeting"}},
    {"offices", {"物业管理用房", "property office"}},
    {"assessments", {"考核", "assessment"}},
    {"reward_payments", {"奖励资金拨付", "reward payment"}},
    {"uses", {"资金使用记录", "use of money"}},
    {"appointments", {"社区工作站兼职", "part-time post"}},
    {"handovers", {"下沉的公共服务", "public service"}},
    {"contracts", {"服务合同", "contract"}},
    {"offers", {"服务报价", "offer"}},
    {"votes", {"业主表决", "owners' vote"}},
    {"grid_posts", {"片区责任岗位", "post"}},
    {"charges", {"收费", "charge"}},
    {"incomes", {"共用部位经营", "business"}},
    {"parking", {"停车位", "parking bays"}},
};

static const struct {
    const char *word;
    pilot_phrase title;
} states[] = {
    {"not_done", {"未完成", "not done"}},
    {"duty_moved", {"职责已下沉", "the duty transferred"}},
    {"money_moved", {"经费已划拨", "the money transferred"}},
};

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Up to what only explains. */
static size_t short_length(const char *text, pilot_language language)
{
    const char *end = strstr(text, language == PILOT_CHINESE ? "，" : ",");
    if (!end && language == PILOT_ENGLISH)
        end = strpbrk(text, ";(");
    size_t length = end ? (size_t)(end - text) : strlen(text);
    while (length && text[length - 1] == ' ')
        length--;
    return length;
}

static void say_short(sentence *out, pilot_phrase name, pilot_language language)
{
    const char *text = pilot_phrase_in(name, language);
    pilot_say(out, "%.*s", (int)short_length(text, language), text);
}

void pilot_say_lacking(sentence *out, const pilot_word *word, const pilot_word *first,
                       pilot_language language)
{
    if (first == pilot_remediation_words.words)
        for (size_t i = 0; i < sizeof remediation_names / sizeof *remediation_names; i++)
            if (strcmp(remediation_names[i].name, word->name) == 0)
                word = &remediation_names[i];
    say_short(out, (pilot_phrase){word->zh, word->en}, language);
}

/* A field as its table has it, without an article. */
static void say_row(sentence *out, const field *f, pilot_language language)
{
    static const char *const articles[] = {"its ", "their ", "the "};
    const char *en = f->en;
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (begins(en, articles[i])) {
            en += strlen(articles[i]);
            break;
        }
    say_short(out, (pilot_phrase){f->zh, en}, language);
}

static const pilot_phrase *name_of(const record *type, const field *f)
{
    if (strcmp(f->key, "evidence") == 0)
        return &evidence_name;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].record, type->key) == 0 && strcmp(names[i].key, f->key) == 0)
            return &names[i].name;
    return NULL;
}

/* Whether it is said as a question: 是否明码标价. */
static bool is_question(const record *type, const field *f, pilot_language language)
{
    const pilot_phrase *name = name_of(type, f);
    if (!name)
        return f->kind == FIELD_ANSWER;
    return language == PILOT_CHINESE ? strstr(name->zh, "是否") != NULL : begins(name->en, "whether ");
}

static void say_name(sentence *out, const record *type, const field *f, pilot_language language)
{
    static const pilot_phrase whether = {"是否", "whether "}, day = {"的日期", ""},
                              day_of = {"", "day: "};
    const pilot_phrase *name = name_of(type, f);
    if (name) {
        pilot_say_phrase(out, *name, language);
        return;
    }
    const bool dated = f->kind == FIELD_STEP && !strstr(f->zh, "日期");
    if (f->kind == FIELD_ANSWER)
        pilot_say_phrase(out, whether, language);
    if (dated)
        pilot_say_phrase(out, day_of, language);
    say_row(out, f, language);
    if (dated)
        pilot_say_phrase(out, day, language);
}

/* Fields of a path, the last of which is what it names. */
typedef struct trail {
    struct {
        const record *type;
        const field *f;
    } at[4];
    size_t count;
} trail;

static bool has_fields(const field *f)
{
    return f->kind == FIELD_RECORD || f->kind == FIELD_LIST || f->kind == FIELD_OPTIONAL;
}

static const field *field_named(const record *type, const char *key, size_t length)
{
    for (size_t i = 0; i < type->field_count; i++)
        if (strlen(type->fields[i].key) == length && memcmp(type->fields[i].key, key, length) == 0)
            return &type->fields[i];
    return NULL;
}

static bool follow(const record *type, const char *path, trail *t)
{
    for (t->count = 0; t->count < sizeof t->at / sizeof *t->at; path++) {
        const size_t length = strcspn(path, "/");
        const field *f = field_named(type, path, length);
        if (!f)
            return false;
        t->at[t->count].type = type;
        t->at[t->count++].f = f;
        path += length;
        if (!*path)
            return true;
        if (!has_fields(f))
            return false;
        type = f->of;
    }
    return false;
}

/* In the rule's record, what that lies in, the city, and what lies in that. */
static bool find(pilot_scope of, const char *path, trail *t, pilot_scope *scope)
{
    const pilot_scope where[] = {of, pilot_own_scope(of), PILOT_SCOPE_CITY, PILOT_SCOPE_COMMUNITY,
                                 PILOT_SCOPE_AREA};
    for (size_t i = 0; i < sizeof where / sizeof *where; i++)
        if (follow(pilot_record_of(where[i]), path, t)) {
            *scope = where[i];
            return true;
        }
    return false;
}

/* The record of a list that the last field lies in, unless that begins as it does: 考核日期. Not of a
 * list of the city's, whose records have names. */
static const pilot_phrase *item_of(const trail *t, pilot_scope scope)
{
    const size_t last = t->count - 1;
    const pilot_phrase *name = name_of(t->at[last].type, t->at[last].f);
    for (size_t i = last; i-- > (scope == PILOT_SCOPE_CITY);)
        for (size_t j = 0; t->at[i].f->kind == FIELD_LIST && j < sizeof items / sizeof *items; j++)
            if (strcmp(items[j].list, t->at[i].f->key) == 0)
                return begins(name ? name->zh : t->at[last].f->zh, items[j].name.zh) ? NULL
                                                                                     : &items[j].name;
    return NULL;
}

bool pilot_say_evidence(sentence *out, pilot_scope of, const char *path, pilot_language language,
                        evidence_of *found)
{
    static const pilot_phrase possessive = {"的", " of the "};
    trail t;
    if (!find(of, path, &t, &found->scope))
        return false;
    const size_t last = t.count - 1;
    const pilot_phrase *item = item_of(&t, found->scope);
    found->question = is_question(t.at[last].type, t.at[last].f, language);
    if (item && language == PILOT_CHINESE) {
        pilot_say_phrase(out, *item, language);
        if (!found->question)
            pilot_say_phrase(out, possessive, language);
    }
    say_name(out, t.at[last].type, t.at[last].f, language);
    if (found->question && language == PILOT_CHINESE)
        pilot_say_text(out, "的记录");
    if (item && language == PILOT_ENGLISH && !found->question) {
        pilot_say_phrase(out, possessive, language);
        pilot_say_phrase(out, *item, language);
    }
    return true;
}

/* What has to be so where the answer is yes: 明码标价, "the price is clearly marked". */
static void say_answer(sentence *out, const record *type, const field *f, pilot_language language)
{
    static const char whether[] = "whether ";
    const pilot_phrase *name = name_of(type, f);
    if (language == PILOT_ENGLISH && name && begins(name->en, whether))
        pilot_say_text(out, name->en + strlen(whether));
    else
        say_short(out, (pilot_phrase){f->zh, f->en}, language);
}

/* A text that a file or a caller gave, which may read like any code. */
static bool is_of_the_records(const pilot_subject *s, const char *word)
{
    const pilot_contract *c = s->contract;
    if (s->district && word == s->district->id)
        return true;
    if (!c)
        return false;
    for (size_t i = 0; c->selection.items && i < c->selection.item_count; i++)
        if (word == c->selection.items[i].service)
            return true;
    return word == c->selection.package || (c->menu && word == pilot_menu_prices(c->menu)->id);
}

static const char *title_in(const record *type, const char *word, pilot_language language)
{
    int32_t index;
    for (size_t i = 0; i < type->field_count; i++)
        if ((type->fields[i].kind == FIELD_WORD || type->fields[i].kind == FIELD_WORDS) &&
            pilot_word_find(type->fields[i].of, word, &index) == PILOT_OK)
            return pilot_word_title(type->fields[i].of, index, language);
    return NULL;
}

static bool find_answer(const pilot_finding *f, const char *word, trail *t)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    pilot_scope scope;
    return rule && find(rule->scope, word, t, &scope) && t->at[t->count - 1].f->kind == FIELD_ANSWER;
}

bool pilot_is_answer_key(const pilot_finding *f, const char *word)
{
    trail t;
    return !is_of_the_records(&f->subject, word) && find_answer(f, word, &t);
}

bool pilot_say_word(sentence *out, const pilot_finding *f, const char *word, pilot_language language)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    const char *title;
    int32_t actor;
    pilot_threshold_of threshold;
    trail t;
    if (is_of_the_records(&f->subject, word))
        return false;
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].word, word) == 0) {
            pilot_say_phrase(out, states[i].title, language);
            return true;
        }
    if (pilot_word_find(&pilot_actor_words, word, &actor) == PILOT_OK) {
        if (language == PILOT_ENGLISH)
            pilot_say_text(out, "the ");
        pilot_say_text(out, pilot_word_title(&pilot_actor_words, actor, language));
        return true;
    }
    title = pilot_threshold_find(word, &threshold) == PILOT_OK
                ? pilot_threshold_title(threshold, language)
                : NULL;
    for (int own = 0; rule && !title && own < 2; own++)
        title =
            title_in(pilot_record_of(own ? pilot_own_scope(rule->scope) : rule->scope), word, language);
    if (title) {
        pilot_say_text(out, title);
        return true;
    }
    if (!find_answer(f, word, &t))
        return false;
    say_answer(out, t.at[t.count - 1].type, t.at[t.count - 1].f, language);
    return true;
}

static bool ends(const char *text, const char *with)
{
    const size_t length = strlen(text), end = strlen(with);
    return length >= end && strcmp(text + length - end, with) == 0;
}

/* The place that a body is of, and the character or two that its name has in common with the body's. */
static const char *place_of(const pilot_finding *f, pilot_actor actor, const char **common)
{
    const pilot_rule *rule = pilot_rule_itself(f->rule);
    const pilot_subject *s = &f->subject;
    /* Of an area that is known to be of one community alone. */
    if (rule && pilot_own_scope(rule->scope) == PILOT_SCOPE_AREA && s->area &&
        s->area->community_count != 1)
        return NULL;
    switch (actor) {
    case PILOT_ACTOR_DISTRICT_GOVERNMENT:
    case PILOT_ACTOR_DISTRICT_LEADING_GROUP:
    case PILOT_ACTOR_DISTRICT_HOUSING:
    case PILOT_ACTOR_DISTRICT_FINANCE:
        *common = "区";
        return s->district ? s->district->name : NULL;
    case PILOT_ACTOR_WORKSTATION:
    case PILOT_ACTOR_RESIDENTS_COMMITTEE:
        *common = "社区";
        return s->community ? s->community->name : NULL;
    default:
        return NULL;
    }
}

void pilot_say_actor(sentence *out, const pilot_finding *f, pilot_actor actor, pilot_language language)
{
    const char *title = pilot_actor_title(actor, language), *common = "";
    const char *place = place_of(f, actor, &common);
    if (language == PILOT_CHINESE && place && ends(place, common)) {
        pilot_say_shown(out, place);
        title += strlen(common);
    }
    pilot_say_text(out, title);
    if (language == PILOT_ENGLISH && place) {
        pilot_say_text(out, " of ");
        pilot_say_shown(out, place);
    }
}
