/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Where a call of a watched function comes to. r10 is the address of its call of __fentry__, five
 * bytes long. The arguments in registers are kept, those on the stack are not: a function with
 * more than six arguments must not be watched.
 */
#include <linux/linkage.h>

	.text
	.globl stalemate_thunk
	.type stalemate_thunk, @function
stalemate_thunk:
	push %rdi
	push %rsi
	push %rdx
	push %rcx
	push %r8
	push %r9
	push %rax
	push %r10
	sub $8, %rsp
	mov %rdi, %rsi
	mov %r10, %rdi
	call stalemate_enter
	mov %rax, %r11
	add $8, %rsp
	pop %r10
	pop %rax
	pop %r9
	pop %r8
	pop %rcx
	pop %rdx
	pop %rsi
	pop %rdi
	test %r11, %r11
	jnz 1f
	push %r10
	add $5, %r10
	call *%r10
	push %rax
	push %rdx
	mov 16(%rsp), %rdi
	mov %rax, %rsi
	call stalemate_exit
	pop %rdx
	pop %rax
	add $8, %rsp
	ret
	int3
1:	mov 80(%r11), %rax
	ret
	int3
	.size stalemate_thunk, .-stalemate_thunk
	.section .note.GNU-stack, "", @progbits
