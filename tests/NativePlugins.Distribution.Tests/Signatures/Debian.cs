using System.Text;

namespace NativePlugins.Distribution.Tests.Signatures;

/// <summary>What minisign 0.11 of Debian wrote: a key with the passphrase "correct horse", and signatures of "hello" with a line feed.</summary>
internal static class Debian
{
    public const string PublicKey = "untrusted comment: minisign public key 722FF1AF8E004AC4\nRWTESgCOr/EvckF0uCBG4cJ6Ipdc84ZGZSxuDVYJGp8Z8/Hidt/BiNPr\n";

    public static byte[] Hashed { get; } = Encoding.UTF8.GetBytes("""
        untrusted comment: signature from minisign secret key
        RUTESgCOr/EvcuLMxbK9EseRRnFb7GU/8eIklOelUAveBJl8YmadnOur4tcAfeBVcm9RYSJ5wHXzFxpoHrjIYrlxSSBY7iRh9wc=
        trusted comment: a trusted comment
        mwVo98MoZhOL7YiZosx2ZztajI94UUAwuzz1TEAP0kDBHJgZY5bRJe+fELszWZojDlxsLnR3Lz7WM4FGjACWBA==

        """.ReplaceLineEndings("\n"));

    public static byte[] Unhashed { get; } = Encoding.UTF8.GetBytes("""
        untrusted comment: signature from minisign secret key
        RWTESgCOr/EvcgTm/xhtEBt+1wanAxZP7Mv2UhW0DbeD5AYKw44QtOtGtxYTJGgtap0OLHyJn2h6fVhCcFAai4IARo9yf8KP4Qk=
        trusted comment: a trusted comment
        SKhKMSc6vWbzRlk9xXWUK17AIT2Z1oanl473w06fvY2LWIaAK9t8o9QTD0QSPe3+MJ+aI/Utc5ObUW4hte5gCg==

        """.ReplaceLineEndings("\n"));

    public static byte[] SecretKey { get; } = Encoding.UTF8.GetBytes("""
        untrusted comment: minisign encrypted secret key
        RWRTY0IyNmwqt88YkGjIfzP+794lPpcXXyu0HYpPRUor6vWmfW4AAAACAAAAAAAAAEAAAAAAuOELGhMO9OdqErVDw9nl9RI/uilWhP8Bop/LKoilCkxv5C6og7tU9KIDE2SH4AzFHRMo9zY3fgtuIt3RtTJkuadmYWTE9BxEz7ni/eToZ3xm68ljNoGMCCvu85bIznS2L4aqx1UagNM=

        """.ReplaceLineEndings("\n"));
}
