/* A parser in C of logfmt: pairs such as level=warning msg="disk is full" disk=sda1. `msg` is the message, and has to be there; `time`
 * and `level` have places of their own in the record; all else is a field. Nothing is copied: the record borrows from the line. */
#include "logs_parser_1.h"
#include "native_plugins_data.h"
#include "native_plugins_plugin.h"

#include <stdio.h>
#include <string.h>

#define MOST_FIELDS 32
#define TICKS_PER_SECOND INT64_C(10000000)

typedef struct reader {
    const char *at, *end;
} reader;

static int has(const reader *r, char c) { return r->at < r->end && *r->at == c; }

static int has_blank(const reader *r) { return has(r, ' ') || has(r, '\t'); }

/* The next pair; 0 at the end, and where there is none. In quotation marks \ keeps the character after it; both stay as they are. */
static int next_pair(reader *r, np_text *key, np_text *value) {
    const char *start;
    while (has_blank(r)) {
        r->at++;
    }
    start = r->at;
    while (r->at < r->end && !has_blank(r) && !has(r, '=') && !has(r, '"')) {
        r->at++;
    }
    if (r->at == start || !has(r, '=')) {
        return 0;
    }
    *key = np_text_at(start, (size_t)(r->at - start));
    start = ++r->at;
    if (!has(r, '"')) {
        while (r->at < r->end && !has_blank(r)) {
            r->at++;
        }
        *value = np_text_at(start, (size_t)(r->at - start));
        return 1;
    }
    start = ++r->at;
    while (r->at < r->end && !has(r, '"')) {
        r->at += has(r, '\\') && r->end - r->at > 1 ? 2 : 1;
    }
    *value = np_text_at(start, (size_t)(r->at - start));
    return r->at++ < r->end;
}

/* Days from 1970-01-01. */
static int64_t days_until(int year, int month, int day) {
    int64_t y = month > 2 ? year : year - 1;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + of_year - 719468;
}

/* 2026-02-03T04:05:06, with a fraction of a second or without, and Z or +01:00 behind it. */
static int read_time(np_text text, np_date_time_offset *time) {
    char copy[40];
    const char *at = copy;
    int year, month, day, hour, minute, second, zone_hour = 0, zone_minute = 0, length = 0;
    int64_t unit = TICKS_PER_SECOND, fraction = 0;
    if (text.length >= sizeof(copy)) {
        return 0;
    }
    memcpy(copy, text.data, text.length);
    copy[text.length] = 0;
    if (sscanf(at, "%4d-%2d-%2dT%2d:%2d:%2d%n", &year, &month, &day, &hour, &minute, &second, &length) != 6 || year < 1 ||
        month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60) {
        return 0;
    }
    at += length;
    if (*at == '.') {
        for (at++; *at >= '0' && *at <= '9'; at++) {
            unit /= 10;
            fraction += unit * (*at - '0');
        }
    }
    if (strcmp(at, "Z") != 0) {
        length = 0;
        if ((*at != '+' && *at != '-') || sscanf(at + 1, "%2d:%2d%n", &zone_hour, &zone_minute, &length) != 2 || at[1 + length] != 0 ||
            zone_hour < 0 || zone_hour > 13 || zone_minute < 0 || zone_minute > 59) {
            return 0;
        }
    }
    memset(time, 0, sizeof(*time));
    time->offset_minutes = (int16_t)((*at == '-' ? -1 : 1) * (60 * zone_hour + zone_minute));
    time->ticks = ((days_until(year, month, day) * 24 + hour) * 60 + minute - time->offset_minutes) * 60 * TICKS_PER_SECOND +
                  second * TICKS_PER_SECOND + fraction;
    return 1;
}

static int read_severity(np_text text, logs_severity *severity) {
    static const struct {
        const char *name;
        logs_severity severity;
    } names[] = {{"debug", LOGS_SEVERITY_DEBUG},     {"info", LOGS_SEVERITY_INFORMATION}, {"warn", LOGS_SEVERITY_WARNING},
                 {"warning", LOGS_SEVERITY_WARNING}, {"error", LOGS_SEVERITY_ERROR}};
    size_t i;
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (np_text_is(text, names[i].name)) {
            *severity = names[i].severity;
            return 1;
        }
    }
    return 0;
}

/* A field that is there already is replaced: a key is in a dictionary once. */
static int set_field(np_text_text_pair *fields, size_t *count, np_text key, np_text value) {
    size_t i;
    for (i = 0; i < *count && !np_text_same(fields[i].key, key); i++) {
    }
    if (i == MOST_FIELDS) {
        return 0;
    }
    *count += i == *count;
    fields[i].key = key;
    fields[i].value = value;
    return 1;
}

static int32_t NP_CALL parse(void *context, const char *line, size_t line_length, const np_sink *result, const np_error_sink *error) {
    np_text_text_pair fields[MOST_FIELDS];
    logs_log_record record = logs_log_record_new();
    reader r;
    np_text key, value;
    np_date_time_offset time;
    logs_severity severity;
    size_t count = 0;
    (void)context;
    r.at = line;
    r.end = line + line_length;
    while (next_pair(&r, &key, &value)) {
        if (np_text_is(key, "msg")) {
            record.message = value;
        } else if (np_text_is(key, "level") && read_severity(value, &severity)) {
            record.severity = logs_severity_option_of(severity);
        } else if (np_text_is(key, "time")) {
            if (!read_time(value, &time)) {
                return np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("time: 2026-02-03T04:05:06Z or the like was expected."));
            }
            record.time = np_date_time_offset_option_of(time);
        } else if (!set_field(fields, &count, key, value)) {
            return np_fail(error, NP_E_UNSUPPORTED, NP_TEXT("A line with 32 fields at most was expected."));
        }
    }
    if (r.at != r.end || record.message.data == NULL) {
        return logs_log_record_put(result, NULL); /* It is something else. */
    }
    record.fields.items = fields;
    record.fields.count = count;
    return logs_log_record_put(result, &record);
}

static const logs_parser_1 parser = {LOGS_PARSER_1_PREFIX(NULL), parse};

NP_PLUGIN("logfmt", "logfmt", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_SERVICE(LOGS_PARSER_1_ID, parser));
