/* libpilot in C++17: handles that release themselves, errors as exceptions or as values, columns as
 * spans. There is no law in it: every function is the one of pilot.h of the same meaning, whose comment
 * says what it computes, in which units, and what it refuses.
 *
 * Every function that can fail returns a result<T>. Used as a T it throws pilot::error where there is
 * none; asked first, `if (!made) ... made.error()`, it throws nothing:
 *     pilot::city city = pilot::city::parse(text);
 *     auto made = pilot::city::parse(text);
 *
 * Handles are shared and what they hold never changes: to copy one costs a count, and threads may have
 * copies of the same. What a handle returns by pointer, reference or span is its own. None is empty, but
 * for one that was moved from. */
#ifndef PILOT_HPP
#define PILOT_HPP

#include <pilot.h>

#include <cstdint>
#include <exception>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace pilot
{

/* A view of elements that lie one behind the other: of a vector, an array, a std::span, or any that has
 * data() and size(). It owns nothing. */
template <class T> class span
{
  public:
    constexpr span() = default;
    constexpr span(T *data, std::size_t size) : data_(data), size_(size) {}
    template <std::size_t N> constexpr span(T (&array)[N]) : data_(array), size_(N) {}
    template <class C, class U = std::remove_pointer_t<decltype(std::declval<C &>().data())>,
              class = std::enable_if_t<std::is_convertible_v<U (*)[], T (*)[]>>,
              class = decltype(std::declval<C &>().size())>
    constexpr span(C &&container) : data_(container.data()), size_(container.size())
    {
    }
    constexpr T *data() const { return data_; }
    constexpr std::size_t size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr T &operator[](std::size_t index) const { return data_[index]; }
    constexpr T *begin() const { return data_; }
    constexpr T *end() const { return data_ + size_; }

  private:
    T *data_ = nullptr;
    std::size_t size_ = 0;
};

/* Why a call was refused, and where. what() is one line in English. */
class error : public std::exception
{
  public:
    explicit error(const pilot_error &place) : place_(std::make_shared<const pilot_error>(place))
    {
        line_ = std::make_shared<const std::string>(text(PILOT_ENGLISH));
    }
    const char *what() const noexcept override { return line_->c_str(); }
    pilot_status status() const noexcept { return place_->status; }
    /* From 1; 0 where it is not tied to a place in a text. */
    std::int32_t line() const noexcept { return place_->line; }
    std::int32_t column() const noexcept { return place_->column; }
    std::string_view path() const noexcept { return place_->path; }
    std::string_view value() const noexcept { return place_->value; }
    /* One sentence; text() has the place before it. */
    std::string_view message(pilot_language language = PILOT_ENGLISH) const noexcept
    {
        return language == PILOT_CHINESE ? place_->message_zh : place_->message;
    }
    std::string text(pilot_language language) const
    {
        std::string line(pilot_error_text(place_.get(), language, nullptr, 0), '\0');
        pilot_error_text(place_.get(), language, line.data(), line.size() + 1);
        return line;
    }

  private:
    /* Shared, so that to copy what is thrown cannot throw. */
    std::shared_ptr<const pilot_error> place_;
    std::shared_ptr<const std::string> line_;
};

/* A value, or why there is none. */
template <class T> class [[nodiscard]] result
{
  public:
    result(T value) : either_(std::move(value)) {}
    result(pilot::error why) : either_(std::move(why)) {}
    explicit operator bool() const &noexcept { return std::holds_alternative<T>(either_); }
    /* Of a result that is not kept too, so that no number in it is taken for the answer. */
    explicit operator bool() &&noexcept { return std::holds_alternative<T>(either_); }
    /* Throws pilot::error where there is no value, as do the operators below. */
    const T &value() const & { return *held(*this); }
    T &value() & { return *held(*this); }
    T value() && { return std::move(*held(*this)); }
    operator T() && { return std::move(*held(*this)); }
    const T &operator*() const { return value(); }
    const T *operator->() const { return &value(); }
    /* Only where there is no value. */
    const pilot::error &error() const { return std::get<pilot::error>(either_); }

  private:
    template <class R> static auto held(R &self) -> decltype(std::get_if<T>(&self.either_))
    {
        if (const pilot::error *why = std::get_if<pilot::error>(&self.either_))
            throw *why;
        return std::get_if<T>(&self.either_);
    }
    std::variant<T, pilot::error> either_;
};

namespace detail
{

/* A status as an error, for functions that fill none. */
inline pilot_error place_of(pilot_status status)
{
    pilot_error place{};
    const auto say = [](const char *text, char *room, std::size_t size) {
        std::string_view(text).substr(0, size - 1).copy(room, size - 1);
    };
    place.status = status;
    say(pilot_status_text(status, PILOT_ENGLISH), place.message, sizeof place.message);
    say(pilot_status_text(status, PILOT_CHINESE), place.message_zh, sizeof place.message_zh);
    return place;
}

/* What a function makes through its last pointer, or through the last but one where an error follows. */
template <class T, class F> result<T> made(F &&function)
{
    T value{};
    pilot_error place{};
    pilot_status status;
    if constexpr (std::is_invocable_v<F, T *, pilot_error *>)
        status = function(&value, &place);
    else
        status = function(&value);
    if (status == PILOT_OK)
        return value;
    return error(place.status == PILOT_OK ? place_of(status) : place);
}

/* Text that the library has allocated. */
template <class F> result<std::string> written(F &&function)
{
    char *text = nullptr;
    const pilot_status status = function(&text);
    if (status != PILOT_OK)
        return error(place_of(status));
    const std::unique_ptr<char, void (*)(char *)> owner(text, pilot_text_free);
    return std::string(text);
}

/* Text that the library writes into room, and says how long it is. */
template <class F> std::string filled(F &&function)
{
    std::string text(function(nullptr, 0), '\0');
    function(text.data(), text.size() + 1);
    return text;
}

/* What a handle has of its own: the pointer, and who releases it. */
template <class T, void (*release)(T *)> class handle
{
  public:
    const T *get() const noexcept { return held_.get(); }

  protected:
    explicit handle(T *taken) : held_(taken, release) {}
    /* The handle H of what a function makes. */
    template <class H, class F> static result<H> make(F &&function)
    {
        result<T *> pointer = made<T *>(std::forward<F>(function));
        if (!pointer)
            return pointer.error();
        return H(*pointer);
    }

  private:
    std::shared_ptr<T> held_;
};

} // namespace detail

/* The one call for every language: JSON in, JSON out, refusals included (pilot/call.h). Throws
 * pilot::error where there is no memory. */
inline std::string call(std::string_view request)
{
    return detail::written(
        [&](char **response) { return pilot_call(request.data(), request.size(), response); });
}

/* All that is wrong with a document, in the order of the text; empty where nothing is. */
inline result<std::vector<error>> problems(pilot_schema document, std::string_view text)
{
    std::vector<pilot_error> places(PILOT_CALL_PROBLEMS_MAX);
    std::size_t count = 0;
    const pilot_status status = pilot_problems(document, text.data(), text.size(), nullptr,
                                               places.data(), places.size(), &count);
    if (status != PILOT_OK && count == 0)
        return error(detail::place_of(status));
    if (count < places.size())
        places.resize(count);
    return std::vector<error>(places.begin(), places.end());
}

/* Values of texts: money("18.00"), area("118.50"), month("2019-12"), date("2019-12-31"), share("1/2").
 */
#define PILOT_PARSED_(name, type)                                                                       \
    inline result<type> name(const std::string &text)                                                   \
    {                                                                                                   \
        return detail::made<type>([&](type *value, pilot_error *place) {                                \
            return pilot_##name##_parse(text.c_str(), value, place);                                    \
        });                                                                                             \
    }                                                                                                   \
    inline std::string name##_text(type value)                                                          \
    {                                                                                                   \
        pilot_text text;                                                                                \
        return pilot_##name##_text(value, &text);                                                       \
    }
PILOT_PARSED_(money, pilot_money)
PILOT_PARSED_(price, pilot_price)
PILOT_PARSED_(area, pilot_area)
PILOT_PARSED_(share, pilot_share)
PILOT_PARSED_(month, pilot_month)
PILOT_PARSED_(date, pilot_date)
#undef PILOT_PARSED_

/* The scheme's parameters and readings. */
class policy : public detail::handle<pilot_policy, pilot_policy_free>
{
    friend detail::handle<pilot_policy, pilot_policy_free>;
    using handle::handle;

  public:
    static result<policy> nanchang_2019() { return make<policy>(pilot_policy_nanchang_2019); }
    static result<policy> parse(std::string_view text)
    {
        return make<policy>([&](pilot_policy **p, pilot_error *e) {
            return pilot_policy_parse(text.data(), text.size(), p, e);
        });
    }
    static result<policy> of(const pilot_parameters &parameters)
    {
        return make<policy>(
            [&](pilot_policy **p, pilot_error *e) { return pilot_policy_new(&parameters, p, e); });
    }
    /* A reform: this policy with a merge patch. */
    result<policy> patch(std::string_view text) const
    {
        return make<policy>([&](pilot_policy **p, pilot_error *e) {
            return pilot_policy_patch(get(), text.data(), text.size(), p, e);
        });
    }
    result<policy> with(pilot_reading reading, std::int32_t option) const
    {
        return make<policy>(
            [&](pilot_policy **p) { return pilot_policy_with_reading(get(), reading, option, p); });
    }
    /* The patch that leads from this policy to the other. */
    result<std::string> diff(const policy &to, pilot_json_style style = PILOT_JSON_COMPACT) const
    {
        return detail::written([&](char **t) { return pilot_policy_diff(get(), to.get(), style, t); });
    }
    result<std::string> json(pilot_json_style style = PILOT_JSON_COMPACT) const
    {
        return detail::written([&](char **t) { return pilot_policy_write(get(), style, t); });
    }
    const pilot_parameters &parameters() const { return *pilot_policy_parameters(get()); }
    std::uint64_t fingerprint() const { return pilot_policy_fingerprint(get()); }
};

/* A city's records. */
class city : public detail::handle<pilot_city, pilot_city_free>
{
    friend detail::handle<pilot_city, pilot_city_free>;
    friend class table;
    using handle::handle;

  public:
    static result<city> parse(std::string_view text)
    {
        return make<city>([&](pilot_city **c, pilot_error *e) {
            return pilot_city_parse(text.data(), text.size(), c, e);
        });
    }
    /* Copies the records, with all that they point at. */
    static result<city> of(const pilot_records &records)
    {
        return make<city>(
            [&](pilot_city **c, pilot_error *e) { return pilot_city_new(&records, c, e); });
    }
    const pilot_records &records() const { return *pilot_city_records(get()); }
    span<const pilot_community> communities() const
    {
        return {records().communities, records().community_count};
    }
    span<const pilot_residential_area> areas() const { return {records().areas, records().area_count}; }
    result<std::string> json(pilot_json_style style = PILOT_JSON_COMPACT) const
    {
        return detail::written([&](char **t) { return pilot_city_write(get(), style, t); });
    }
};

/* What a workbook's cells were read as: a city unless they are refused, and the problems and notes. */
class table : public detail::handle<pilot_table, pilot_table_free>
{
  public:
    /* Refused as a whole only where it is too large; a cell that is refused is a problem(), and then
     * there is no city(). */
    static result<table> read(const pilot_workbook &workbook)
    {
        pilot_city *cells = nullptr;
        pilot_table *read = nullptr;
        const pilot_status status = pilot_city_from_cells(&workbook, &cells, &read);
        if (!read)
            return error(detail::place_of(status));
        table made(read);
        if (cells)
            made.city_ = pilot::city(cells);
        return made;
    }
    const std::optional<pilot::city> &city() const { return city_; }
    span<const pilot_cell_problem> problems() const
    {
        std::size_t count = 0;
        const pilot_cell_problem *first = pilot_table_problems(get(), &count, nullptr);
        return {first, count};
    }
    /* Where a value of the city stands in the workbook. */
    result<pilot_cell_place> place(const std::string &path) const
    {
        return detail::made<pilot_cell_place>(
            [&](pilot_cell_place *p) { return pilot_table_place(get(), path.c_str(), p); });
    }

  private:
    using handle::handle;
    std::optional<pilot::city> city_;
};

/* A city as sheets of cells. */
class cells : public detail::handle<pilot_cells, pilot_cells_free>
{
    friend detail::handle<pilot_cells, pilot_cells_free>;
    using handle::handle;

  public:
    static result<cells> of(const pilot::city &city, pilot_table_form form)
    {
        return make<cells>([&](pilot_cells **c) { return pilot_city_to_cells(city.get(), form, c); });
    }
    const pilot_workbook &workbook() const { return *pilot_cells_workbook(get()); }
    span<const pilot_sheet> sheets() const { return {workbook().sheets, workbook().count}; }
};

/* The reward that a claim earns, line by line. */
struct award {
    pilot_award sums;
    std::vector<pilot_award_line> lines;

    result<std::string> json(pilot_json_style style = PILOT_JSON_COMPACT) const
    {
        return detail::written(
            [&](char **t) { return pilot_award_write(&sums, lines.data(), style, t); });
    }
};

inline result<award> reward(const policy &policy, const pilot_claim &claim)
{
    std::vector<pilot_award_line> lines(pilot_award_lines_max(policy.get(), &claim));
    auto sums = detail::made<pilot_award>([&](pilot_award *a, pilot_error *e) {
        return pilot_award_compute(policy.get(), &claim, a, lines.data(), lines.size(), e);
    });
    if (!sums)
        return sums.error();
    lines.resize(sums->line_count);
    return award{*sums, std::move(lines)};
}

/* Under every combination of the readings that bear on it. */
inline result<pilot_award_range> reward_range(const policy &policy, const pilot_claim &claim)
{
    return detail::made<pilot_award_range>([&](pilot_award_range *r, pilot_error *e) {
        return pilot_award_range_compute(policy.get(), &claim, r, e);
    });
}

/* A menu of services and their prices. */
class menu : public detail::handle<pilot_menu, pilot_menu_free>
{
    friend detail::handle<pilot_menu, pilot_menu_free>;
    using handle::handle;

  public:
    static result<menu> parse(std::string_view text)
    {
        return make<menu>([&](pilot_menu **m, pilot_error *e) {
            return pilot_menu_parse(text.data(), text.size(), m, e);
        });
    }
    static result<menu> of(const pilot_price_list &list)
    {
        return make<menu>([&](pilot_menu **m, pilot_error *e) { return pilot_menu_new(&list, m, e); });
    }
    const pilot_price_list &prices() const { return *pilot_menu_prices(get()); }
    span<const pilot_menu_service> services() const
    {
        return {prices().services, prices().service_count};
    }
    result<std::string> json(pilot_json_style style = PILOT_JSON_COMPACT) const
    {
        return detail::written([&](char **t) { return pilot_menu_write(get(), style, t); });
    }
};

/* What a selection costs on some premises; it points into the menu, which it keeps. */
struct quote {
    pilot::menu menu;
    pilot_quote sums;
    std::vector<pilot_quote_line> lines;

    result<std::string> json(pilot_json_style style = PILOT_JSON_COMPACT) const
    {
        return detail::written(
            [&](char **t) { return pilot_quote_write(&sums, lines.data(), style, t); });
    }
};

/* The lines of services chosen by themselves point into the selection. */
inline result<quote> price(const menu &menu, const pilot_selection &selection,
                           const pilot_premises &premises, pilot_date day)
{
    std::vector<pilot_quote_line> lines(menu.services().size());
    auto sums = detail::made<pilot_quote>([&](pilot_quote *q, pilot_error *e) {
        return pilot_quote_compute(menu.get(), &selection, &premises, day, q, lines.data(), lines.size(),
                                   e);
    });
    if (!sums)
        return sums.error();
    lines.resize(sums->line_count);
    return quote{menu, *sums, std::move(lines)};
}

/* A dwelling's fee, half up to the fen unless a rule says otherwise. */
inline result<pilot_money> fee(pilot_price price, pilot_area area, std::int32_t months,
                               const pilot_rounding_rule &rule = {})
{
    return detail::made<pilot_money>([&](pilot_money *amount, pilot_error *e) {
        return pilot_fee_compute(price, area, months, &rule, amount, e);
    });
}

/* A vote's totals, or its units counted. */
inline result<pilot_vote_totals> vote_totals(std::string_view text)
{
    return detail::made<pilot_vote_totals>([&](pilot_vote_totals *t, pilot_error *e) {
        return pilot_vote_totals_parse(text.data(), text.size(), t, e);
    });
}

inline result<pilot_vote_result> decide(const policy &policy, const pilot_vote_totals &totals)
{
    return detail::made<pilot_vote_result>([&](pilot_vote_result *r, pilot_error *e) {
        return pilot_vote_decide(policy.get(), &totals, r, e);
    });
}

/* A community's account: its terms, as read. */
class account_case : public detail::handle<pilot_account_case, pilot_account_case_free>
{
    friend detail::handle<pilot_account_case, pilot_account_case_free>;
    using handle::handle;

  public:
    static result<account_case> parse(std::string_view text)
    {
        return make<account_case>([&](pilot_account_case **c, pilot_error *e) {
            return pilot_account_parse(text.data(), text.size(), c, e);
        });
    }
    const pilot_account_terms &terms() const { return *pilot_account_case_terms(get()); }
};

/* What an account's ledgers take in and lack, in all, by month and by year. */
struct account {
    pilot_account sums;
    std::vector<pilot_account_row> months, years;
};

inline result<account> balance(const policy &policy, const pilot_account_terms &terms)
{
    account made{};
    /* Asked twice: the rows that there are is what the first answer says. */
    for (bool counted = false;; counted = true) {
        auto sums = detail::made<pilot_account>([&](pilot_account *a, pilot_error *e) {
            return pilot_account_compute(policy.get(), &terms, a, counted ? made.months.data() : nullptr,
                                         made.months.size(), counted ? made.years.data() : nullptr,
                                         made.years.size(), e);
        });
        if (!sums)
            return sums.error();
        made.sums = *sums;
        if (counted)
            return made;
        made.months.resize(sums->month_count);
        made.years.resize(sums->year_count);
    }
}

/* What a rule found. Its texts and records are the report's city's. */
struct finding : pilot_finding {
    std::string path() const
    {
        return detail::filled([this](char *t, std::size_t n) { return pilot_finding_path(this, t, n); });
    }
    std::string text(pilot_language language = PILOT_ENGLISH) const
    {
        return detail::filled(
            [&](char *t, std::size_t n) { return pilot_finding_text(this, language, t, n); });
    }
    /* What to do next and who has to do it; "" where nothing is left to do. */
    std::string next(pilot_language language = PILOT_ENGLISH) const
    {
        return detail::filled(
            [&](char *t, std::size_t n) { return pilot_finding_next(this, language, t, n); });
    }
};

/* The notice's rules held against a city, both of which the report keeps. */
class report : public detail::handle<pilot_report, pilot_report_free>
{
  public:
    /* The findings that pass a filter, each decided when it is come to. */
    class range
    {
      public:
        class iterator
        {
          public:
            using iterator_category = std::input_iterator_tag;
            using value_type = finding;
            using difference_type = std::ptrdiff_t;
            using pointer = void;
            using reference = finding;

            finding operator*() const
            {
                finding found{};
                pilot_report_at(range_->report_, index_, &found);
                return found;
            }
            iterator &operator++()
            {
                index_ = pilot_report_next(range_->report_, index_ + 1, &range_->filter_);
                return *this;
            }
            iterator operator++(int)
            {
                const iterator before = *this;
                ++*this;
                return before;
            }
            bool operator==(const iterator &other) const { return index_ == other.index_; }
            bool operator!=(const iterator &other) const { return index_ != other.index_; }

          private:
            friend range;
            iterator(const range *of, std::size_t index) : range_(of), index_(index) {}
            const range *range_;
            std::size_t index_;
        };
        iterator begin() const { return {this, pilot_report_next(report_, 0, &filter_)}; }
        iterator end() const { return {this, pilot_report_size(report_)}; }

      private:
        friend report;
        range(const pilot_report *of, const pilot_report_filter &filter) : report_(of), filter_(filter)
        {
        }
        const pilot_report *report_;
        pilot_report_filter filter_;
    };

    static result<report> check(const pilot::policy &policy, const pilot::city &city, pilot_date as_of)
    {
        auto pointer = detail::made<pilot_report *>([&](pilot_report **r, pilot_error *e) {
            return pilot_check(policy.get(), city.get(), as_of, r, e);
        });
        if (!pointer)
            return pointer.error();
        return report(policy, city, *pointer);
    }
    std::size_t size() const { return pilot_report_size(get()); }
    std::size_t count(pilot_outcome outcome) const { return pilot_report_count(get(), outcome); }
    /* The range is the report's, and so are the filter's texts the caller's while it is used. */
    range findings(const pilot_report_filter &filter = {}) const { return {get(), filter}; }
    range findings(pilot_outcome outcome) const
    {
        pilot_report_filter filter{};
        filter.outcomes = 1u << outcome;
        return {get(), filter};
    }
    result<std::string> json(pilot_json_style style = PILOT_JSON_COMPACT,
                             const pilot_report_filter &filter = {}) const
    {
        return detail::written([&](char **t) { return pilot_report_write(get(), &filter, style, t); });
    }
    /* For people. */
    result<std::string> print(pilot_language language = PILOT_ENGLISH,
                              const pilot_report_filter &filter = {}) const
    {
        return detail::written(
            [&](char **t) { return pilot_report_print(get(), &filter, language, t); });
    }

  private:
    report(const pilot::policy &policy, const pilot::city &city, pilot_report *made)
        : handle(made), policy_(policy), city_(city)
    {
    }
    pilot::policy policy_;
    pilot::city city_;
};

/* A column: elements of 64 or 32 bits, or one value for every row. It owns nothing. */
class column
{
  public:
    column() = default;
    column(span<const std::int64_t> values) : column(values.data(), values.size(), PILOT_INT64) {}
    column(span<const std::int32_t> values) : column(values.data(), values.size(), PILOT_INT32) {}
    column(span<const std::int16_t> values) : column(values.data(), values.size(), PILOT_INT16) {}
    template <
        class C,
        class U = std::remove_cv_t<std::remove_pointer_t<decltype(std::declval<const C &>().data())>>,
        class = std::enable_if_t<std::is_same_v<U, std::int64_t> || std::is_same_v<U, std::int32_t> ||
                                 std::is_same_v<U, std::int16_t>>>
    column(const C &values) : column(span<const U>(values))
    {
    }
    /* The same for every row. */
    column(std::int64_t value) : constant_(value) {}
    /* Rows; none of a constant or of a column that is not given, which fits any. */
    std::optional<std::size_t> rows() const { return rows_; }
    /* Points into this column. */
    pilot_column get() const
    {
        if (constant_)
            return {&*constant_, PILOT_INT64, true};
        return {values_, element_, false};
    }

  private:
    column(const void *values, std::size_t rows, pilot_element element)
        : values_(values), rows_(rows), element_(element)
    {
    }
    const void *values_ = nullptr;
    std::optional<std::size_t> rows_;
    pilot_element element_ = PILOT_INT64;
    std::optional<std::int64_t> constant_;
};

/* A claim a row (pilot_claim_columns); what is left out is not given. */
struct claim_columns {
    column households, building_area, communities;
    column first, last;
    column passed, failed, passed_from;
};

/* Where the awards go (pilot_award_columns); what is empty is left out. */
struct award_columns {
    span<pilot_money> total, city, district, withheld;
    span<std::uint8_t> reasons, statuses;
};

namespace detail
{
/* Rows of all columns together, which have to be as long as each other. */
class lengths
{
  public:
    void take(std::optional<std::size_t> rows, const char *name)
    {
        if (!rows)
            return;
        if (!rows_)
            rows_ = rows;
        else if (*rows_ != *rows && !wrong_)
            wrong_ = name;
    }
    template <class T> void take(span<T> room, const char *name)
    {
        if (!room.empty())
            take(room.size(), name);
    }
    std::size_t rows() const { return rows_.value_or(0); }
    std::optional<error> wrong() const
    {
        if (!wrong_)
            return std::nullopt;
        pilot_error place = place_of(PILOT_ERROR_INCONSISTENT);
        const auto say = [](std::string text, char *room, std::size_t size) {
            room[text.copy(room, size - 1)] = '\0';
        };
        say(std::string("/") + wrong_, place.path, sizeof place.path);
        say(std::string("columns have as many rows as each other, and ") + wrong_ + " has other than " +
                std::to_string(rows()),
            place.message, sizeof place.message);
        say(std::string("各列行数须相同，") + wrong_ + "的行数不是" + std::to_string(rows()),
            place.message_zh, sizeof place.message_zh);
        return error(place);
    }

  private:
    std::optional<std::size_t> rows_;
    const char *wrong_ = nullptr;
};
} // namespace detail

/* The award of each row. Beside what pilot_award_columns_compute refuses: INCONSISTENT, columns of
 * different lengths, path "/last". */
inline result<pilot_pass> reward(const policy &policy, const claim_columns &claims,
                                 const award_columns &awards)
{
    detail::lengths lengths;
    const std::pair<const column *, const char *> given[] = {{&claims.households, "households"},
                                                             {&claims.building_area, "building_area"},
                                                             {&claims.communities, "communities"},
                                                             {&claims.first, "first"},
                                                             {&claims.last, "last"},
                                                             {&claims.passed, "passed"},
                                                             {&claims.failed, "failed"},
                                                             {&claims.passed_from, "passed_from"}};
    for (const auto &[of, name] : given)
        lengths.take(of->rows(), name);
    lengths.take(awards.total, "total");
    lengths.take(awards.city, "city");
    lengths.take(awards.district, "district");
    lengths.take(awards.withheld, "withheld");
    lengths.take(awards.reasons, "reasons");
    lengths.take(awards.statuses, "statuses");
    if (auto wrong = lengths.wrong())
        return *wrong;
    pilot_claim_columns c{};
    c.quantity[PILOT_PER_HOUSEHOLD] = claims.households.get();
    c.quantity[PILOT_PER_SQUARE_METRE] = claims.building_area.get();
    c.quantity[PILOT_PER_COMMUNITY] = claims.communities.get();
    c.first = claims.first.get();
    c.last = claims.last.get();
    c.passed = claims.passed.get();
    c.failed = claims.failed.get();
    c.passed_from = claims.passed_from.get();
    pilot_award_columns a{};
    a.total = awards.total.data();
    a.city = awards.city.data();
    a.district = awards.district.data();
    a.withheld = awards.withheld.data();
    a.reasons = awards.reasons.data();
    a.statuses = awards.statuses.data();
    return detail::made<pilot_pass>([&](pilot_pass *pass) {
        return pilot_award_columns_compute(policy.get(), &c, lengths.rows(), &a, pass);
    });
}

/* A dwelling's fee a row; statuses may be empty. Likewise. */
inline result<pilot_pass> fee(const column &price, const column &area, const column &months,
                              span<pilot_money> amounts, span<std::uint8_t> statuses = {},
                              const pilot_rounding_rule &rule = {})
{
    detail::lengths lengths;
    lengths.take(price.rows(), "price");
    lengths.take(area.rows(), "area");
    lengths.take(months.rows(), "months");
    lengths.take(amounts.size(), "amounts");
    lengths.take(statuses, "statuses");
    if (auto wrong = lengths.wrong())
        return *wrong;
    return detail::made<pilot_pass>([&](pilot_pass *pass) {
        return pilot_fee_columns_compute(price.get(), area.get(), months.get(), &rule, lengths.rows(),
                                         amounts.data(), statuses.data(), pass);
    });
}

} // namespace pilot
#endif
