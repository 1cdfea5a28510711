using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>What an event is called where it is not two functions.</summary>
internal static class EventNames
{
    /// <summary>Its C name, which is no member's.</summary>
    public static string Of(ContractModel contract, MemberModel accessor)
    {
        string name = CNames.Member(accessor.Event!);
        while (contract.Members.Any(member => member.CName == name))
        {
            name += "_";
        }

        return name;
    }
}

/// <summary>A handler of the caller's, which is added to an event or removed from it: as an np_object. EventSource writes the code.</summary>
internal sealed record HandlerParameter(ContractModel Model, bool IsAdded) : ParameterShape
{
    public override string Declared => Model.Callback!.Delegate + "?";

    public override string Signature => SignatureText.OfCallback(Model, "handler");

    public override IReadOnlyList<string> Native => ["void*"];

    public override bool CallsBack => true;

    public override ContractModel? Callback => Model;

    public override IEnumerable<string> C(string name) => [$"const np_object *{name}"];

    public override string Note(bool isAsync) => IsAdded
        ? $"Its table is a {Model.CName}. The callee's once the function has returned NP_OK: it is called for each event, and released once it has been removed, or before destroy returns."
        : "Borrowed: what was added with this context and this table, and last. It is called no more once this has returned. NP_E_NOT_FOUND when there is none.";

    public override IEnumerable<string> Passed(string name, bool isAsync) => [];

    public override string Taken(string name, bool isAsync) => "";
}
