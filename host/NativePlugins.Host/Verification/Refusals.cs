using NativePlugins.Binary;
using NativePlugins.Binary.Findings;
using NativePlugins.Host.Diagnostics;

namespace NativePlugins.Host.Verification;

/// <summary>Turns what <c>NativePlugins.Binary</c> finds into exceptions.</summary>
internal static class Refusals
{
    /// <summary>Reads a file. If something is wrong with it, throws the exception of that kind.</summary>
    /// <exception cref="PluginException">The file cannot be read, or is refused.</exception>
    public static T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BinaryException e)
        {
            throw Of(e.Reason);
        }
    }

    /// <summary>The exception that stands for a reason.</summary>
    public static PluginException Of(BinaryReason reason)
    {
        var failure = new PluginFailure(reason.Message)
        {
            Expected = reason.Expected,
            Found = reason.Found,
            Advice = reason.OwnAdvice,
            Cause = reason.Origin is { } origin ? Of(origin) : reason.Cause,
        };
        return ForCode(reason.Code, failure) ?? throw new ArgumentException($"There is no exception for {reason.Code}.", nameof(reason));
    }

    /// <summary>The exception of one of the kinds that <c>NativePlugins.Binary</c> finds; null for the others.</summary>
    public static PluginException? ForCode(string code, PluginFailure failure) => code switch
    {
        "NP1001" => new PluginNotFoundException(failure),
        "NP1004" => new PluginDirectoryNotTrustedException(failure),
        "NP1005" => new PluginNameException(failure),
        "NP2001" => new PluginNotRegularFileException(failure),
        "NP2002" => new PluginFileTooShortException(failure),
        "NP2003" => new PluginFormatException(failure),
        "NP2004" => new PluginMalformedException(failure),
        "NP2005" => new PluginKindException(failure),
        "NP2006" => new PluginArchitectureException(failure),
        "NP2007" => new PluginEntryMissingException(failure),
        "NP2008" => new PluginAbiVersionException(failure),
        "NP2009" => new PluginFileAccessException(failure),
        "NP2010" => new PluginExecutableStackException(failure),
        "NP2011" => new PluginCodeSignatureException(failure),
        "NP2012" => new PluginNotOpenableException(failure),
        "NP2013" => new PluginProcessorLevelException(failure),
        "NP2014" => new PluginPackedRelocationsException(failure),
        "NP2015" => new PluginCurrentDirectoryException(failure),
        "NP2016" => new PluginDependencyBrokenException(failure),
        "NP3001" => new PluginDependencyMissingException(failure),
        "NP3002" => new PluginSymbolMissingException(failure),
        "NP3003" => new PluginMountNoExecException(failure),
        "NP3007" => new PluginStaticTlsException(failure),
        "NP3008" => new PluginSecurityPolicyException(failure),
        "NP3009" => new PluginAddressSpaceException(failure),
        "NP3014" => new PluginCLibraryException(failure),
        _ => null,
    };

    /// <summary>The same reason, with the title and the advice of the error catalogue.</summary>
    public static BinaryReason Reword(BinaryReason reason) => PluginErrors.Find(reason.Code) is { } error
        ? reason with { Error = new BinaryError(error.Code, error.Title, error.Explanation, error.Advice) }
        : reason;
}
