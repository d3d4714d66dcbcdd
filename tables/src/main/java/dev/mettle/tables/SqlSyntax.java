package dev.mettle.tables;

import com.fasterxml.jackson.databind.JsonNode;

import dev.mettle.core.study.DataException;
import dev.mettle.data.RowExpressions.Expression;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Looks at the syntax tree of an expression and lets pass only what is known to be a function of
 * the values of one row: columns, constants, arithmetic, comparisons, logic, CASE, casts to numbers
 * and texts, and functions of them. A kind of node, or a part of one, that is not on these lists is
 * refused, whatever it means.
 */
final class SqlSyntax {
    private static final int LONGEST = 10_000;
    private static final int MOST_DEPTH = 200;

    private static final String INSTEAD =
            " An expression sees one row: its columns, numbers, texts, + - * /, comparisons, and,"
                    + " or, not, in, between, like, case, and functions such as ln, sqrt, abs,"
                    + " greatest, coalesce, lower.";

    private static final Set<String> COMMON =
            Set.of("class", "type", "query_location", "query_location_length");
    private static final Set<String> OPERATORS =
            Set.of(
                    "OPERATOR_NOT",
                    "OPERATOR_IS_NULL",
                    "OPERATOR_IS_NOT_NULL",
                    "OPERATOR_COALESCE",
                    "OPERATOR_NULLIF",
                    "COMPARE_IN",
                    "COMPARE_NOT_IN");
    private static final Set<String> CASTS =
            Set.of(
                    "tinyint",
                    "smallint",
                    "int",
                    "integer",
                    "bigint",
                    "hugeint",
                    "int1",
                    "int2",
                    "int4",
                    "int8",
                    "float",
                    "float4",
                    "real",
                    "double",
                    "float8",
                    "boolean",
                    "bool",
                    "varchar",
                    "text",
                    "string");

    private final Expression expression;
    private final Set<String> functions;
    private final Set<String> columns = new LinkedHashSet<>();

    /** Takes an expression, and the names of the functions that it may use. */
    SqlSyntax(Expression expression, Set<String> functions) {
        this.expression = expression;
        this.functions = functions;
        if (expression.text().length() > LONGEST) {
            throw problem("is longer than %,d characters.".formatted(LONGEST));
        }
    }

    /**
     * Returns the columns that the expression reads.
     *
     * @param parsed what the parser says of {@link SqlEngine#select} of its text
     */
    Set<String> columns(JsonNode parsed) {
        if (parsed.path("error").asBoolean()) {
            throw syntax(parsed);
        }
        JsonNode statements = parsed.path("statements");
        JsonNode node = statements.path(0).path("node");
        JsonNode list = node.path("select_list");
        boolean single =
                statements.size() == 1
                        && onlyHas(statements.path(0), Set.of("node", "named_param_map"))
                        && node.path("type").asText().equals("SELECT_NODE")
                        && onlyHas(
                                node,
                                Set.of(
                                        "type",
                                        "cte_map",
                                        "select_list",
                                        "from_table",
                                        "aggregate_handling"))
                        && node.path("cte_map").isEmpty()
                        && node.path("from_table").path("type").asText().equals("EMPTY")
                        && list.size() == 1;
        if (!single) {
            throw problem("is not one expression." + INSTEAD);
        }
        visit(list.path(0), 0);
        if (columns.isEmpty()) {
            throw problem("names no column, so it is the same in every row.");
        }
        return columns;
    }

    private void visit(JsonNode node, int depth) {
        if (depth > MOST_DEPTH) {
            throw problem("is nested too deeply.");
        }
        switch (node.path("class").asText()) {
            case "COLUMN_REF" -> column(node);
            case "CONSTANT" -> require(node, "literal");
            case "COMPARISON" -> children(node, depth, "left", "right");
            case "CONJUNCTION" -> children(node, depth, "children");
            case "OPERATOR" -> {
                if (!OPERATORS.contains(node.path("type").asText())) {
                    throw refused(node, "this operator");
                }
                children(node, depth, "children");
            }
            case "BETWEEN" -> children(node, depth, "input", "lower", "upper");
            case "CASE" -> choice(node, depth);
            case "CAST" -> cast(node, depth);
            case "FUNCTION" -> function(node, depth);
            default -> throw refused(node, what(node));
        }
    }

    private void children(JsonNode node, int depth, String... parts) {
        require(node, parts);
        for (String part : parts) {
            JsonNode inner = node.path(part);
            if (inner.isArray()) {
                inner.forEach(child -> visit(child, depth + 1));
            } else {
                visit(inner, depth + 1);
            }
        }
    }

    private void choice(JsonNode node, int depth) {
        require(node, "case_checks", "else_expr");
        for (JsonNode check : node.path("case_checks")) {
            visit(check.path("when_expr"), depth + 1);
            visit(check.path("then_expr"), depth + 1);
        }
        if (node.has("else_expr")) {
            visit(node.path("else_expr"), depth + 1);
        }
    }

    private void cast(JsonNode node, int depth) {
        require(node, "child", "try_cast", "type_expr");
        JsonNode type = node.path("type_expr");
        String name = type.path("type_name").asText().toLowerCase(Locale.ROOT);
        if (!onlyHas(
                        type,
                        Set.of(
                                "class",
                                "type",
                                "type_name",
                                "qualified_name",
                                "query_location",
                                "query_location_length"))
                || type.path("qualified_name").path("path").size() != 1
                || !CASTS.contains(name)) {
            throw refused(node, "a cast to '%s'".formatted(name));
        }
        visit(node.path("child"), depth + 1);
    }

    private void function(JsonNode node, int depth) {
        String name = node.path("function_name").asText().toLowerCase(Locale.ROOT);
        require(
                node,
                "function_name",
                "order_bys",
                "distinct",
                "is_operator",
                "export_state",
                "arguments",
                "qualified_name");
        boolean plain =
                node.path("qualified_name").path("path").size() == 1
                        && onlyHas(node.path("order_bys"), Set.of("type"))
                        && !node.path("distinct").asBoolean()
                        && !node.path("export_state").asBoolean();
        if (!plain || !functions.contains(name)) {
            throw refused(
                    node,
                    node.path("is_operator").asBoolean()
                            ? "the operator " + name
                            : "the function '%s'".formatted(name));
        }
        for (JsonNode argument : node.path("arguments")) {
            if (!onlyHas(argument, Set.of("expression"))) {
                throw refused(node, "a named argument of '%s'".formatted(name));
            }
            visit(argument.path("expression"), depth + 1);
        }
    }

    private void column(JsonNode node) {
        require(node, "column_names");
        JsonNode names = node.path("column_names");
        if (names.size() != 1) {
            throw refused(
                    node, "a name with a dot (a column whose name has one is written in quotes)");
        }
        String name = names.path(0).asText();
        for (String other : columns) {
            if (!other.equals(name) && other.equalsIgnoreCase(name)) {
                throw problem(
                        "reads '%s' and '%s', which SQL can't tell apart. Rename one column."
                                .formatted(other, name));
            }
        }
        columns.add(name);
    }

    private static String what(JsonNode node) {
        return switch (node.path("class").asText()) {
            case "SUBQUERY" -> "a query";
            case "WINDOW" -> "a window over several rows";
            case "STAR" -> "a star, which stands for all columns";
            case "PARAMETER" -> "a parameter";
            case "LAMBDA" -> "a lambda";
            default -> "this";
        };
    }

    /** Requires that a node has no other parts than these. */
    private void require(JsonNode node, String... parts) {
        Set<String> known = new LinkedHashSet<>(COMMON);
        known.addAll(Set.of(parts));
        if (!onlyHas(node, known)) {
            throw refused(node, "this form of it");
        }
    }

    private static boolean onlyHas(JsonNode node, Set<String> parts) {
        for (var names = node.fieldNames(); names.hasNext(); ) {
            if (!parts.contains(names.next())) {
                return false;
            }
        }
        return true;
    }

    private DataException refused(JsonNode node, String what) {
        long at = SqlEngine.within(node.path("query_location").asLong(-1));
        return problem(
                "uses %s%s, which is no function of the values of one row.%s"
                        .formatted(what, place(at), INSTEAD));
    }

    private DataException syntax(JsonNode parsed) {
        long at = SqlEngine.within(parsed.path("position").asLong(-1));
        String message = parsed.path("error_message").asText("it is no SQL");
        return at >= expression.text().length()
                ? problem("does not end: a part of it, or a parenthesis, is missing.")
                : problem("is no SQL expression: %s%s.".formatted(message, place(at)));
    }

    private String place(long at) {
        String text = expression.text();
        return at < 0 || at >= text.length()
                ? ""
                : " (at its character %d: %s)"
                        .formatted(at + 1, SqlExpressions.shortened(text.substring((int) at), 30));
    }

    private DataException problem(String message) {
        return new DataException(
                expression.key(),
                "'%s' %s".formatted(SqlExpressions.shortened(expression.text(), 100), message));
    }
}
