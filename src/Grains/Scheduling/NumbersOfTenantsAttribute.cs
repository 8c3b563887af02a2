using System.ComponentModel.DataAnnotations;
using BlueEdge.Callers;

namespace BlueEdge.Grains.Scheduling;

/// <summary>Numbers by tenant: names that tenants can have, and values from the least to the most.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NumbersOfTenantsAttribute(int least, int most) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var wrong = value is IEnumerable<KeyValuePair<string, int>> numbers
            ? numbers.Where(each => !Caller.IsTenant(each.Key) || each.Value < least || each.Value > most).Select(each => each.Key).ToList()
            : [];
        return wrong.Count == 0
            ? ValidationResult.Success
            : new($"{validationContext.DisplayName} of '{string.Join("', '", wrong)}' cannot be used: name a tenant, and {least} to {most}.", [validationContext.MemberName ?? ""]);
    }
}
