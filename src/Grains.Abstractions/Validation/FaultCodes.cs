namespace BlueEdge.Validation;

/// <summary>The codes of <see cref="Fault"/>. Clients rely on them; none is ever renamed.</summary>
public static class FaultCodes
{
    /// <summary>No engine of that id is known.</summary>
    public const string UnknownEngine = "unknown-engine";

    /// <summary>The engine has no such port.</summary>
    public const string UnknownPort = "unknown-port";

    /// <summary>The session has no such channel.</summary>
    public const string UnknownChannel = "unknown-channel";

    /// <summary>There is no such upload, or none any more.</summary>
    public const string UnknownBlob = "unknown-blob";

    /// <summary>An input that the engine requires is linked to nothing.</summary>
    public const string RequiredInputNotLinked = "required-input-not-linked";

    /// <summary>The types of port, link, channel or payload differ.</summary>
    public const string TypeMismatch = "type-mismatch";

    /// <summary>A name is used twice.</summary>
    public const string DuplicateName = "duplicate-name";

    /// <summary>A port is listed twice.</summary>
    public const string DuplicatePort = "duplicate-port";

    /// <summary>The nodes form a cycle.</summary>
    public const string Cycle = "cycle";

    /// <summary>A node reads what it writes itself.</summary>
    public const string SelfLink = "self-link";

    /// <summary>A second kind of writer: start data for a channel that an engine or clients write, or an engine for one that clients write.</summary>
    public const string ChannelHasWriter = "channel-has-writer";

    /// <summary>Clients are to write a channel that no engine reads, or to listen to one that none writes.</summary>
    public const string ChannelNotLinked = "channel-not-linked";

    /// <summary>A channel that clients do not write says what only such a channel may.</summary>
    public const string NotExternalInput = "not-external-input";

    /// <summary>A webhook asks for the results of a channel whose results are not kept.</summary>
    public const string ChannelNotInterested = "channel-not-interested";

    /// <summary>A webhook names a secret that the operator has not set.</summary>
    public const string UnknownSecret = "unknown-secret";

    /// <summary>The session needs more slots of an engine at once than all its instances will ever have, or its tenant may hold.</summary>
    public const string OverCapacity = "over-capacity";

    /// <summary>Something required is missing or empty.</summary>
    public const string Required = "required";

    /// <summary>The value has the wrong JSON type or form.</summary>
    public const string Malformed = "malformed";

    /// <summary>A limit is exceeded; the message says which.</summary>
    public const string TooLarge = "too-large";

    /// <summary>A number is outside its range.</summary>
    public const string OutOfRange = "out-of-range";

    /// <summary>An address that is not called, a header that is not sent, or items that a channel does not take; the message says why.</summary>
    public const string NotAllowed = "not-allowed";
}
