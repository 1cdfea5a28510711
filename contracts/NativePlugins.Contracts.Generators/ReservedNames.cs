using System;
using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// The names that a C header must not declare. The macros are those that gcc and g++ define by themselves (-dM -E), and those of
/// ISO C's, POSIX' and Windows' headers that can be a name of a contract; a test compares them with what the compilers here define.
/// </summary>
internal static class ReservedNames
{
    /// <summary>
    /// The reserved words of C23, C++20 and gcc's own C; and those of Rust that even r# does not make a name of.
    /// </summary>
    public static readonly HashSet<string> Words = Split(
        """
        alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class co_await co_return co_yield
        compl complex concept const const_cast consteval constexpr constinit continue crate decltype default delete do double dynamic_cast else enum
        explicit export extern false float for friend goto if imaginary inline int long mutable namespace new noexcept not not_eq nullptr operator
        or or_eq private protected public register reinterpret_cast requires restrict return self short signed sizeof static static_assert
        static_cast struct super switch template this thread_local throw true try typedef typeid typename typeof typeof_unqual union unsigned using
        virtual void volatile wchar_t while xor xor_eq
        """);

    /// <summary>What native_plugins.h and the headers that it includes declare.</summary>
    public static readonly HashSet<string> Declared = Split(
        """
        int16_t int32_t int64_t int8_t intptr_t np_cancellation np_command np_command_call np_completion np_config np_error_info
        np_error_sink np_fail np_host np_log np_log_record np_memory np_object np_paths np_plugin np_plugin_description np_plugin_entry_v1 np_sink
        np_state np_state_data np_stream np_stream_complete np_stream_put np_text_equals ptrdiff_t size_t uint16_t uint32_t uint64_t uint8_t uintptr_t
        """);

    /// <summary>Macros without parameters: the name is something else wherever it stands.</summary>
    public static readonly HashSet<string> Macros = Split(
        """
        basename cdecl d_fileno environ errno far h_addr h_errno hppa hpux hyper i386 ifa_broadaddr ifa_dstaddr ifc_buf ifc_req ifr_addr
        ifr_bandwidth ifr_broadaddr ifr_data ifr_dstaddr ifr_flags ifr_hwaddr ifr_ifindex ifr_map ifr_metric ifr_mtu ifr_name ifr_netmask
        ifr_newname ifr_qlen ifr_slave interface linux m68k math_errhandling mips near no_argument noreturn optional_argument pascal
        required_argument s6_addr s6_addr16 s6_addr32 s_addr s_host s_imp s_impno s_lh s_net sa_handler sa_sigaction sched_priority sgi si_addr
        si_addr_lsb si_arch si_band si_call_addr si_fd si_int si_lower si_overrun si_pid si_pkey si_ptr si_status si_stime si_syscall si_timerid
        si_uid si_upper si_utime si_value sigev_notify_attributes sigev_notify_function small sparc st_atime st_birthtime st_ctime st_mtime stderr
        stdin stdout sun unix vax
        """);

    /// <summary>Macros with parameters: a function of that name cannot be called. Those of tgmath.h and stdatomic.h lead to functions.</summary>
    public static readonly HashSet<string> FunctionMacros = Split(
        """
        alloca assert assert_perror be16toh be32toh be64toh bswap_16 bswap_32 bswap_64 clrbit fpclassify howmany htobe16 htobe32 htobe64 htole16
        htole32 htole64 isalnum isalnum_l isalpha isalpha_l isascii isascii_l isblank isblank_l iscanonical isclr iscntrl iscntrl_l isdigit
        isdigit_l iseqsig isfinite isgraph isgraph_l isgreater isgreaterequal isinf isless islessequal islessgreater islower islower_l isnan
        isnormal isprint isprint_l ispunct ispunct_l isset issignaling isspace isspace_l issubnormal isunordered isupper isupper_l isxdigit
        isxdigit_l iszero le16toh le32toh le64toh major makedev max min offsetof powerof2 pthread_cleanup_pop pthread_cleanup_pop_restore_np
        pthread_cleanup_push pthread_cleanup_push_defer_np roundup setbit setjmp sigmask signbit sigsetjmp strdupa strndupa timeradd timerclear
        timercmp timerisset timersub toascii toascii_l va_arg va_copy va_end va_start
        """);

    /// <summary>The macros of ISO C's headers that may be the name of an enum and of its value.</summary>
    public static readonly HashSet<string> Constants = Split(
        """
        CHAR_BIT CHAR_MAX CHAR_MIN CLOCKS_PER_SEC DBL_DECIMAL_DIG DBL_DIG DBL_EPSILON DBL_HAS_SUBNORM DBL_MANT_DIG DBL_MAX DBL_MAX_10_EXP
        DBL_MAX_EXP DBL_MIN DBL_MIN_10_EXP DBL_MIN_EXP DBL_TRUE_MIN DECIMAL_DIG EXIT_FAILURE EXIT_SUCCESS FE_ALL_EXCEPT FE_DFL_ENV FE_DIVBYZERO
        FE_DOWNWARD FE_INEXACT FE_INVALID FE_OVERFLOW FE_TONEAREST FE_TOWARDZERO FE_UNDERFLOW FE_UPWARD FILENAME_MAX FLT_DECIMAL_DIG FLT_DIG
        FLT_EPSILON FLT_EVAL_METHOD FLT_HAS_SUBNORM FLT_MANT_DIG FLT_MAX FLT_MAX_10_EXP FLT_MAX_EXP FLT_MIN FLT_MIN_10_EXP FLT_MIN_EXP FLT_RADIX
        FLT_ROUNDS FLT_TRUE_MIN FOPEN_MAX FP_ILOGB0 FP_ILOGBNAN FP_INFINITE FP_NAN FP_NORMAL FP_SUBNORMAL FP_ZERO HUGE_VAL HUGE_VALF HUGE_VALL
        INT16_C INT16_MAX INT16_MIN INT32_C INT32_MAX INT32_MIN INT64_C INT64_MAX INT64_MIN INT8_C INT8_MAX INT8_MIN INTMAX_C INTMAX_MAX INTMAX_MIN
        INTPTR_MAX INTPTR_MIN INT_FAST16_MAX INT_FAST16_MIN INT_FAST32_MAX INT_FAST32_MIN INT_FAST64_MAX INT_FAST64_MIN INT_FAST8_MAX INT_FAST8_MIN
        INT_LEAST16_MAX INT_LEAST16_MIN INT_LEAST32_MAX INT_LEAST32_MIN INT_LEAST64_MAX INT_LEAST64_MIN INT_LEAST8_MAX INT_LEAST8_MIN INT_MAX
        INT_MIN LC_ADDRESS LC_ALL LC_COLLATE LC_CTYPE LC_IDENTIFICATION LC_MEASUREMENT LC_MESSAGES LC_MONETARY LC_NAME LC_NUMERIC LC_PAPER
        LC_TELEPHONE LC_TIME LDBL_DECIMAL_DIG LDBL_DIG LDBL_EPSILON LDBL_HAS_SUBNORM LDBL_MANT_DIG LDBL_MAX LDBL_MAX_10_EXP LDBL_MAX_EXP LDBL_MIN
        LDBL_MIN_10_EXP LDBL_MIN_EXP LDBL_TRUE_MIN LLONG_MAX LLONG_MIN LONG_MAX LONG_MIN MATH_ERREXCEPT MATH_ERRNO MB_CUR_MAX MB_LEN_MAX PTRDIFF_MAX
        PTRDIFF_MIN RAND_MAX SCHAR_MAX SCHAR_MIN SEEK_CUR SEEK_END SEEK_SET SHRT_MAX SHRT_MIN SIG_ATOMIC_MAX SIG_ATOMIC_MIN SIG_DFL SIG_ERR SIG_IGN
        SIZE_MAX TIME_UTC TMP_MAX UCHAR_MAX UINT16_C UINT16_MAX UINT32_C UINT32_MAX UINT64_C UINT64_MAX UINT8_C UINT8_MAX UINTMAX_C UINTMAX_MAX
        UINTPTR_MAX UINT_FAST16_MAX UINT_FAST32_MAX UINT_FAST64_MAX UINT_FAST8_MAX UINT_LEAST16_MAX UINT_LEAST32_MAX UINT_LEAST64_MAX
        UINT_LEAST8_MAX UINT_MAX ULLONG_MAX ULONG_MAX USHRT_MAX WCHAR_MAX WCHAR_MIN WINT_MAX WINT_MIN
        """);

    private static HashSet<string> Split(string words) => [.. words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)];
}
