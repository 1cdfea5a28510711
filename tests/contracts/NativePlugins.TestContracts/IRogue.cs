using System.Diagnostics.CodeAnalysis;
using NativePlugins.Contracts;

namespace NativePlugins.TestContracts;

/// <summary>Each member breaks the rule that it is named after. Only C can.</summary>
[PluginContract("test.rogue")]
[SuppressMessage("Design", "CA1021", Justification = "It is what is tested.")]
public partial interface IRogue
{
    /// <summary>NULL with a length of 5, and then NP_OK.</summary>
    string TextAtNull();

    /// <summary>Bytes that are no UTF-8.</summary>
    string TextThatIsNoUtf8();

    /// <summary>NULL with a length of 5.</summary>
    string? MaybeTextAtNull();

    /// <summary>2^63 bytes.</summary>
    string? MaybeTextOfTooManyBytes();

    /// <summary>NULL with a count of 3.</summary>
    List<long> ListAtNull();

    /// <summary>2^63 elements.</summary>
    List<long> ListOfTooMany();

    /// <summary>2 GiB, of which 8 bytes are there.</summary>
    List<long> ListOfMoreThanACallMayBring();

    /// <summary>7 bytes of numbers that have 4.</summary>
    int[] ArrayOfPartOfAnElement();

    /// <summary>NULL with a size of 8, and then NP_OK.</summary>
    int[] ArrayAtNull();

    /// <summary>A struct_size of 103, which is one too few.</summary>
    Person DataBelowTheMinimum();

    /// <summary>A struct_size of 4096, put with a size of 104.</summary>
    Person DataLargerThanItsPut();

    /// <summary>NULL.</summary>
    Person DataAtNull();

    /// <summary>NULL with a length in a member.</summary>
    Person DataWithAMemberAtNull();

    /// <summary>"first", and then "second".</summary>
    Person DataPutTwice();

    /// <summary>NP_OK, and nothing.</summary>
    Person DataPutNever();

    /// <summary>What the sink of the last DataPutTwice says now: a status.</summary>
    int PutAfterReturn();

    /// <summary>A nesting of 10,000.</summary>
    Node DataTooDeep();

    /// <summary>A node below itself.</summary>
    Node DataInItself();

    /// <summary>Tag 99.</summary>
    Figure UnknownTag();

    /// <summary>Tag 0 of a type that is always one of its cases.</summary>
    Figure NoTag();

    /// <summary>A tag whose pointer is NULL.</summary>
    Figure CaseAtNull();

    /// <summary>A case with a struct_size of 7.</summary>
    Figure CaseBelowTheMinimum();

    /// <summary>has_value is 2.</summary>
    int? OptionOf2();

    /// <summary>2.</summary>
    bool BoolOf2();

    /// <summary>77.</summary>
    Mode UnknownMode();

    /// <summary>2^31 - 1 days.</summary>
    DateOnly DateOutOfRange();

    /// <summary>-1.</summary>
    TimeOnly TimeOutOfRange();

    /// <summary>-2^63.</summary>
    DateTime InstantOutOfRange();

    /// <summary>An offset of 10,000 minutes.</summary>
    DateTimeOffset OffsetOutOfRange();

    /// <summary>A scale of 200.</summary>
    decimal DecimalOfScale200();

    /// <summary>is_negative is 2.</summary>
    decimal DecimalOfSign2();

    /// <summary>"http://[".</summary>
    Uri UriThatIsNone();

    /// <summary>"one".</summary>
    Version VersionThatIsNone();

    /// <summary>One key twice.</summary>
    Dictionary<string, long> KeyTwice();

    /// <summary>One element twice.</summary>
    HashSet<long> ElementTwice();

    /// <summary>An out parameter that is never put.</summary>
    void OutPutNever(out Person person);

    /// <summary>NULL for what has no null.</summary>
    void OutAtNull(out Person person);

    /// <summary>An error whose message is NULL with a length of 5, and which is larger than it says.</summary>
    void BrokenReport();

    /// <summary>Completes with "first", and then with "second".</summary>
    Task<string?> CompletedTwice();

    /// <summary>Completes with 8 bytes.</summary>
    Task<Person> CompletedWithTooFewBytes();

    /// <summary>Completes with a size of 5 at NULL.</summary>
    Task<Person> CompletedAtNull();

    /// <summary>Completes with 5 bytes of a number that has 8.</summary>
    Task<long> CompletedWithPartOfANumber();

    /// <summary>Completes, and then returns NP_E_FAILED.</summary>
    Task<string?> CompletedAndFailed();

    /// <summary>Calls a member of the target with what breaks a rule.</summary>
    /// <param name="rule">Which one: 0 to 10.</param>
    /// <param name="target">Whom to call.</param>
    /// <returns>The status of that call.</returns>
    int CallWith(int rule, IRogueTarget target);
}

/// <summary>What is called with arguments that break a rule.</summary>
[PluginContract("test.rogue_target")]
[SuppressMessage("Design", "CA1021", Justification = "It is what is tested.")]
public partial interface IRogueTarget
{
    /// <summary>Takes a text.</summary>
    void TakeText(string value);

    /// <summary>Takes data.</summary>
    void TakePerson(Person value);

    /// <summary>Takes one of several types.</summary>
    void TakeFigure(Figure value);

    /// <summary>Takes a list.</summary>
    void TakeList(IReadOnlyList<long> value);

    /// <summary>Takes a date.</summary>
    void TakeDate(DateOnly value);

    /// <summary>Takes a number.</summary>
    void TakeDecimal(decimal value);

    /// <summary>Takes bytes.</summary>
    void TakeBytes(ReadOnlySpan<byte> value);

    /// <summary>Has a result.</summary>
    Person Give();

    /// <summary>Has a result of another kind.</summary>
    void GiveOut(out string? value);
}
