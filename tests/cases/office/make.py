"""Workbooks as an office keeps them: sixty communities in five districts, with a title above the headers, districts in
merged cells, headers of two rows, dates in four styles, digits of two widths, subtotals and a total. All of it is made
up. ``make.py FOLDER`` writes mistakes.xlsx, which has three, and corrected.xlsx, in which they are put right."""

import sys
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

DISTRICTS = ("东湖区", "西湖区", "青云谱区", "湾里区", "青山湖区")
EACH = 12
NUMERALS = "一二三四五六七八九十"
PROVIDERS = ("甲物业服务公司", "乙物业服务公司", "丙物业服务公司")

MISTAKES = {
    # (sheet, community): as the office wrote it, and what it meant
    ("用房", 17): ("约120", "120"),
    ("居民区", 33): ("青云谱第10社区", "青云谱第十社区"),
    ("考核", 48): ("2020年2月30日", "2020年2月20日"),
}


def community(number):
    """From 0: 东湖第一社区."""
    place = number % EACH + 1
    numeral = NUMERALS[place - 1] if place <= 10 else "十" + NUMERALS[place - 11]
    return f"{DISTRICTS[number // EACH][:-1]}第{numeral}社区"


def households(number):
    return 420 + (number * 137) % 560


def day(number, when):
    """In the style that the clerk of that row has."""
    style = number % 4
    if style == 0:
        return when
    return (
        f"{when.year}年{when.month}月{when.day}日",
        f"{when.year}.{when.month}.{when.day}",
        when.isoformat(),
    )[style - 1]


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in str(text))


class Book:
    def __init__(self, path, corrected):
        self.book = xlsxwriter.Workbook(path)
        self.book.set_properties({"created": datetime(2020, 3, 1)})
        self.date = self.book.add_format({"num_format": "yyyy-m-d"})
        self.head = self.book.add_format({"bold": True, "align": "center", "valign": "vcenter", "border": 1})
        self.title = self.book.add_format({"bold": True, "font_size": 16, "align": "center"})
        self.corrected = corrected

    def sheet(self, name, title, heads):
        """heads: a text, or (text, the heads under it)."""
        sheet = self.book.add_worksheet(name)
        width = sum(1 if isinstance(head, str) else len(head[1]) for head in heads)
        two = any(not isinstance(head, str) for head in heads)
        if width > 1:
            sheet.merge_range(0, 0, 0, width - 1, title, self.title)
        else:
            sheet.write(0, 0, title, self.title)
        sheet.write(1, 0, "填报单位：南昌市试点工作办公室")
        sheet.write(1, width - 1, "填报日期：2020年3月1日")
        column = 0
        for head in heads:
            if isinstance(head, str) and two:
                sheet.merge_range(2, column, 3, column, head, self.head)
            elif isinstance(head, str):
                sheet.write(2, column, head, self.head)
            else:
                if len(head[1]) > 1:
                    sheet.merge_range(2, column, 2, column + len(head[1]) - 1, head[0], self.head)
                else:
                    sheet.write(2, column, head[0], self.head)
                for under in head[1]:
                    sheet.write(3, column, under, self.head)
                    column += 1
                continue
            column += 1
        sheet.set_column(0, width - 1, 15)
        return sheet, 4 if two else 3

    def write(self, sheet, row, column, value):
        if isinstance(value, date):
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), self.date)
        else:
            sheet.write(row, column, value)

    def value(self, sheet, number, right):
        wrong = MISTAKES.get((sheet, number))
        return right if wrong is None else wrong[1 if self.corrected else 0]

    def by_district(self, sheet, row, values, sums):
        """The rows of each community under its district's merged cell, with subtotals of these columns and a total."""
        parts = []
        for district, name in enumerate(DISTRICTS):
            numbers = range(district * EACH, (district + 1) * EACH)
            sheet.merge_range(row, 0, row + EACH - 1, 0, name)
            for number in numbers:
                for column, value in enumerate(values(number), 1):
                    self.write(sheet, row, column, value)
                row += 1
            sheet.write(row, 0, f"{name}小计")
            for column, amount in sums.items():
                part = sum(amount(number) for number in numbers)
                parts.append((column, part))
                sheet.write_formula(row, column, f"=SUM({cell(row - EACH, column)}:{cell(row - 1, column)})", None, part)
            row += 1
        sheet.write(row, 0, "合计")
        for column in sums:
            sheet.write(row, column, sum(part for of, part in parts if of == column))

    def communities(self):
        sheet, row = self.sheet(
            "社区", "南昌市老旧居民区物业服务试点社区情况表", ["城区", "社区名称", ("工作站", ["专责人员数"])]
        )
        self.by_district(sheet, row, lambda n: (community(n), n % 7 and 1 + n % 2), {2: lambda n: n % 7 and 1 + n % 2})

    def offices(self):
        sheet, row = self.sheet("用房", "物业管理用房情况表", ["社区", "用房面积（㎡）", "用房来源", "启用日期"])
        for number in range(5 * EACH):
            if number % 9 == 4:
                continue
            area = (118.5, "１２０．５㎡", 136, "142平方米")[number % 4]
            for column, value in enumerate(
                (
                    community(number),
                    self.value("用房", number, area),
                    ("自有", "综合整治中配建", "长期租赁")[number % 3],
                    day(number, date(2019, 12, 1 + number % 28)),
                )
            ):
                self.write(sheet, row, column, value)
            row += 1

    def areas(self):
        sheet, row = self.sheet(
            "居民区",
            "老旧居民区基本情况及实施进度表",
            [
                "城区",
                "居民区名称",
                "社区",
                "属老旧居民区",
                ("规模", ["总户数", "建筑面积（㎡）"]),
                "整治情况",
                ("实施进度", ["居民意愿调查", "选定为试点", "选举业主委员会", "服务企业进驻并开始服务"]),
            ],
        )

        def values(number):
            count = households(number)
            entry = day(number, date(2019, 12, 5 + number % 20)) if number % 5 else ("未完成", "", "待定")[number % 3]
            return (
                f"{community(number)[:-2]}居民区",
                self.value("居民区", number, community(number)),
                "是" if number % 11 else "待定",
                wide(count) if number % 6 == 5 else count,
                f"{count * 78.5:,.1f}" if number % 8 == 3 else count * 78.5,
                ("此前已整治", "试点当年整治")[number % 2],
                day(number + 1, date(2019, 7, 20)),
                day(number + 2, date(2019, 10, 8 + number % 20)),
                day(number + 3, date(2019, 11, 18)) if number % 4 else "未完成",
                entry,
            )

        self.by_district(sheet, row, values, {4: households, 5: lambda n: households(n) * 78.5})

    def providers(self):
        sheet, row = self.sheet("服务企业", "参与试点的物业服务企业", ["服务企业名称"])
        for number, name in enumerate(PROVIDERS):
            sheet.write(row + number, 0, name)

    def contracts(self):
        sheet, row = self.sheet(
            "合同", "物业服务合同签订情况表", ["居民区", "服务企业", "签订日期", "业主方签订单位", "书面合同", "约定单价（元/平方米·月）"]
        )
        for number in range(5 * EACH):
            if number % 5 == 0:
                continue
            for column, value in enumerate(
                (
                    f"{community(number)[:-2]}居民区",
                    PROVIDERS[number % 3],
                    day(number, date(2019, 11, 20 + number % 10)),
                    "业主委员会",
                    "√",
                    (0.3, "0.35元", 0.28)[number % 3],
                )
            ):
                self.write(sheet, row, column, value)
            row += 1

    def assessments(self):
        sheet, row = self.sheet("考核", "2019年度考核结果", ["社区", "服务年度", "考核结果", "考核日期"])
        for number in range(5 * EACH):
            if number % 5 == 0:
                continue
            right = day(number, date(2020, 2, 20))
            for column, value in enumerate(
                (
                    community(number),
                    2019 if number % 2 else "2019年度",
                    "不合格" if number % 13 == 6 else "合格",
                    self.value("考核", number, right),
                )
            ):
                self.write(sheet, row, column, value)
            row += 1

    def notes(self):
        sheet = self.book.add_worksheet("填表说明")
        sheet.write(0, 0, "请各城区于每月5日前报送。")


def cell(row, column):
    return f"{chr(65 + column)}{row + 1}"


def make(path, corrected):
    book = Book(str(path), corrected)
    for part in ("communities", "offices", "areas", "providers", "contracts", "assessments", "notes"):
        getattr(book, part)()
    book.book.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    make(folder / "mistakes.xlsx", corrected=False)
    make(folder / "corrected.xlsx", corrected=True)
