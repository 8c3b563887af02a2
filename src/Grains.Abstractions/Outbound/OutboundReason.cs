namespace BlueEdge.Outbound;

/// <summary>Why an address is not called.</summary>
public enum OutboundReason
{
    /// <summary>It is not absolute, or neither http nor https.</summary>
    Scheme,

    /// <summary>Its host has characters that no name of a host has.</summary>
    Host,

    /// <summary>It is plain http, and not on the allow list.</summary>
    PlainHttp,

    /// <summary>It has a user or a password in it.</summary>
    UserInfo,

    /// <summary>It has a fragment, which is never sent.</summary>
    Fragment,

    /// <summary>It is longer than servers take.</summary>
    Length,

    /// <summary>Its port is another protocol's, or denied by the operator.</summary>
    Port,

    /// <summary>It is in a special range, and not on the allow list.</summary>
    Address,

    /// <summary>A header that its caller gave may not be sent.</summary>
    Header,
}
