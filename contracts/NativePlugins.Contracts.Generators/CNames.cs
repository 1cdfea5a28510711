using System.Collections.Generic;
using System.Text;

namespace NativePlugins.Contracts.Generators;

/// <summary>The names that C, C++ and Rust see.</summary>
internal static class CNames
{
    // The reserved words of C99 and C++17 that can be a C# name, and the names that a function of a table has anyway.
    private static readonly HashSet<string> s_taken =
    [
        "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char",
        "class", "compl", "const", "constexpr", "const_cast", "continue", "decltype", "default", "delete", "do", "double",
        "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto", "if",
        "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr", "operator", "or",
        "or_eq", "private", "protected", "public", "register", "reinterpret_cast", "restrict", "return", "short", "signed",
        "sizeof", "static", "static_assert", "static_cast", "struct", "switch", "template", "this", "thread_local", "throw",
        "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using", "virtual", "void", "volatile",
        "wchar_t", "while", "xor", "xor_eq", "context", "result", "completion", "error", "struct_size", "minor",
        "fingerprints", "signature", "signature_length",
    ];

    /// <summary>imaging.filter, 1: imaging_filter_1.</summary>
    public static string Contract(string id, int major) => $"{id.Replace('.', '_')}_{major}";

    /// <summary>Imaging.ImageSize: imaging_image_size.</summary>
    public static string Type(string fullName) => Snake(fullName.Replace("global::", "").Replace('.', '_'));

    /// <summary>A member, parameter or field: applyCurve is apply_curve, and a reserved word gets a '_' at its end.</summary>
    public static string Member(string name)
    {
        string snake = Snake(name);
        return s_taken.Contains(snake) ? snake + "_" : snake;
    }

    public static string Macro(string cName) => cName.ToUpperInvariant();

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool isWordStart = char.IsUpper(c) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (isWordStart)
            {
                text.Append('_');
            }

            if (c is '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            {
                text.Append(char.ToLowerInvariant(c));
            }
            else
            {
                // C99 has universal character names, but no two compilers agree on them.
                text.Append('u').Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
