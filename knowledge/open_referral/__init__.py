"""Services in the open standard of the UK directories, Open Referral UK 3.0: handing them over, and reading others."""
